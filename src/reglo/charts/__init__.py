"""Charts as SVG, made on the server: a frozen drawing, its template, a tag that shows it.

A drawing says in words what it shows (`title`, `about`); whoever shows it puts the table with its figures beside it.
Colours stand in the SVG itself, so that it can be printed, mailed and put into a PDF; the style sheet changes them
for the page (`web/styles/_charts.scss`).
"""
