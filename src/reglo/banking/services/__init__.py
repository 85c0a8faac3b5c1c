"""The only code that writes payments, statements and what was decided about their lines."""
