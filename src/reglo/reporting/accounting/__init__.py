"""What an accountant takes over: the FEC of a fiscal year, and the lines of the ledger as a table."""
