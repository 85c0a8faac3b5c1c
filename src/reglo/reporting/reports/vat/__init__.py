"""VAT: the lines of the return, and the entries behind each figure."""

from reglo.reporting.reports.vat.report import KIND

__all__ = ["KIND"]
