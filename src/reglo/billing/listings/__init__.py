"""Lists of this room: columns, filters, acts."""
