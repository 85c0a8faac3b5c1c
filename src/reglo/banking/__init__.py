"""Payments and bank statements: what came in, and what it pays."""
