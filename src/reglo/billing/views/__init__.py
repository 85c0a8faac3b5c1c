"""Pages of drafts, quotes and invoices."""
