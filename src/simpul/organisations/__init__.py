"""Organisations, names over time, programmes, networks, memberships, service points."""
