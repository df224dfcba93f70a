"""Months of invented counts, published month by month as two people would: so that there is something to look at.

`plan` says how many of what and where, without a database; `load` brings them in through `cases` and has `releases`
publish them.
"""
