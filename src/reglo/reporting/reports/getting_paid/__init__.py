"""How well one is paid: days of sales outstanding, days late, what is collected, disputed, promised."""

from reglo.reporting.reports.getting_paid.report import KIND

__all__ = ["KIND"]
