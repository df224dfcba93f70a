"""Handing a case over to another organisation, and taking one over."""
