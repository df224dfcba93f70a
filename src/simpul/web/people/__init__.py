"""People of the organisations one answers for."""
