"""Organisations to read: the directory, a profile, a network across its levels, a programme."""
