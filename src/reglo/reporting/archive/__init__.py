"""The archive of a period: one ZIP that says how to check it, made here, verified here, without a database.

`layout`, `chains`, `reading` and `verify` know no Django: `reglo verify FILE.zip` works where only the library is.
"""
