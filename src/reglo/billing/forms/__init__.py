"""What people type into the pages of this room, and how it is read."""
