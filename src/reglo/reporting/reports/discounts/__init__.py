"""What was given away, and what it bought: discounts for early payment, proposals, allowances on invoices."""

from reglo.reporting.reports.discounts.report import KIND

__all__ = ["KIND"]
