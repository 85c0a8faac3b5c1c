"""Payment delays of customers, as the management report states them (C. com. D441-6)."""

from reglo.reporting.reports.payment_delays.report import KIND

__all__ = ["KIND"]
