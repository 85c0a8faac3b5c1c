"""Reading drafts, quotes and invoices."""
