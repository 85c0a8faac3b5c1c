"""Documents and bank files to and from bytes: bytes in, values out."""
