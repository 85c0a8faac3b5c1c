"""Shape of what is typed in this room."""
