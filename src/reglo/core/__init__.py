"""What things are and how one decides: pure values and functions, without Django, input or output, clock or locale."""
