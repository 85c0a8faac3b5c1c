"""Handing a file over: made, checked, kept for some days, taken away."""
