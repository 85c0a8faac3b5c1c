"""Reading collection."""
