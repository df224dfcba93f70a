"""Pages. Each context has a folder here; what mixes contexts lives here too."""
