"""Ends of cases that somebody else has to agree to."""
