"""Reading payments, lines and statements."""
