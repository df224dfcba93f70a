"""Persons, their ties to organisations, contact consent."""
