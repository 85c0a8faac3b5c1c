"""Pages of messages and their templates."""
