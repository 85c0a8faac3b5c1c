"""What reminders do: how soon invoices are paid after each step of the ladder."""

from reglo.reporting.reports.reminders.report import KIND

__all__ = ["KIND"]
