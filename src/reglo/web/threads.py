"""How the threads of a web process share the interpreter."""

import sys

#: Python's own interval is 5 ms. Whoever issues an invoice holds the row of its series through some fifteen answers of
#: the database, and after each waits so long for a thread that typesets; the others wait for the row. Measured with
#: 32 clients in one series: half as many invoices again a second (docs/decisions/0030-issuing.md).
_INTERVAL = 0.0005  # seconds


def share_fairly() -> None:
    """Let a thread that waits for the interpreter have it soon."""
    sys.setswitchinterval(_INTERVAL)
