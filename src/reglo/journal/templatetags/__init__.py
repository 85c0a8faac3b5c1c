"""Tags that show the journal."""
