"""Double entry under everything: entries, open items, allocation (*lettrage*)."""
