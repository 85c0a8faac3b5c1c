"""Tables that people bring (CSV, XLSX): mapping, preview, errors by row, repeatable without doubles."""
