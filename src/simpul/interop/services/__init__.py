"""The steps of an import, each safe to repeat and to stop in."""
