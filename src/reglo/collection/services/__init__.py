"""Writing collection: the only code that does."""
