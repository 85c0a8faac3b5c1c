"""The archive of a period."""
