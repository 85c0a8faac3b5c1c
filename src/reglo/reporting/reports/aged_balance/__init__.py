"""The aged balance (*balance âgée*): who owes what, and since when it is late."""

from reglo.reporting.reports.aged_balance.report import KIND

__all__ = ["KIND"]
