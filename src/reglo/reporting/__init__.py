"""Where the firm stands: reports as values, which page, CSV, XLSX and PDF show alike; the FEC; archives."""
