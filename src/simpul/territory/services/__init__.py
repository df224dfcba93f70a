"""Writes of the territory: loading, crosswalks, holidays, the demo's district."""

from simpul.territory.services.loading import load_listing, load_territory

__all__ = ["load_listing", "load_territory"]
