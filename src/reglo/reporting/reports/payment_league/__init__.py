"""Who pays well and who does not: customers ranked by how late they pay."""

from reglo.reporting.reports.payment_league.report import KIND

__all__ = ["KIND"]
