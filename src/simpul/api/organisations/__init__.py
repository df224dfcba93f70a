"""Organisations, the networks they are in, what they do together and where people are sent."""
