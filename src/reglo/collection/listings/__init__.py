"""The lists of this room: what was decided, and what customers said."""
