"""What became of quotes: accepted, refused, expired, and how soon they were answered."""

from reglo.reporting.reports.quotes.report import KIND

__all__ = ["KIND"]
