"""Quotes, drafts, invoices: numbers, seals, recurring invoices, corrections."""
