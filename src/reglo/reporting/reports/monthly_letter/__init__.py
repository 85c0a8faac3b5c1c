"""The monthly letter: how the month was and what is worth doing, in plain words, to oneself."""

from reglo.reporting.reports.monthly_letter.report import KIND

__all__ = ["KIND"]
