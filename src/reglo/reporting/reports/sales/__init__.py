"""Sales: by customer, product and month, beside those of the year before, with margins where costs are known."""

from reglo.reporting.reports.sales.report import KIND

__all__ = ["KIND"]
