"""Late-payment interest and indemnities: what is due, claimed, waived and paid."""

from reglo.reporting.reports.penalties.report import KIND

__all__ = ["KIND"]
