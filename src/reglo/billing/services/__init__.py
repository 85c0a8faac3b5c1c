"""What is done with drafts, quotes and invoices: the only code that writes them."""
