"""Speed and memory, measured beside the alternatives in the same run: `make bench`."""
