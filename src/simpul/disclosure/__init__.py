"""Safe tables of counts: no small count can be worked out, by subtraction between cells, tables, levels or releases.

A library of its own, without Django. `cubes.cube_of` takes a table of counts, `cubes.cells_of` the declared cells,
`protecting.protect` decides what may be published and proves it, `checking.verify` checks the proof without sharing
code with what made it, `ledger.Ledger` keeps what was published. docs/disclosure.md says what is guaranteed and what
is not.

Nothing here is imported by this module, so that numba and numpy load only where a table is protected.
"""
