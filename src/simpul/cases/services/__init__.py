"""Everything that is done in a case."""
