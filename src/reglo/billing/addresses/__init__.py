"""Addresses of this room, by what one works on."""
