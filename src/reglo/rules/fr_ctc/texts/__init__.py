"""The rules on single texts: a date, a code, an amount, a number, each as the platforms want it written.

families   the table: what is asked, of which field, under which name in each sheet
places     where each field stands in UBL and in CII
layout     rows and places together, for each syntax
scan       the walk over an XML document
in_data    the same for our own data, without XML
"""
