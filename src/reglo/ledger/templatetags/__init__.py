"""Tags that show the ledger."""
