"""Simpul: the open platform of Indonesia's civil-society networks."""
