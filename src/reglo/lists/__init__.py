"""Lists that people search, filter, sort, page through, save and take away as CSV or XLSX."""
