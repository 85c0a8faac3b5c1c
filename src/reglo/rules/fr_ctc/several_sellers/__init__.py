"""Documents that join the invoices of several sellers, each a group of lines; and credits of several invoices.

rules    what is asked, in words, under its name in each sheet
lines    the lines of a document, as these rules look at them
checks   whether they are as asked: one function a demand
"""
