"""What a group counts of its own cases, for who leads its desk: a page and a sheet of paper, never a publication."""
