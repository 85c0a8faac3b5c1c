"""Entries of the binding where UBL and the model do not correspond one to one."""
