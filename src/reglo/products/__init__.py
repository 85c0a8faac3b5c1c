"""What is sold: unit, VAT, prices over time."""
