"""The FEC and the table of entries."""
