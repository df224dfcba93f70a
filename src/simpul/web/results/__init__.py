"""Figures that open into their records."""
