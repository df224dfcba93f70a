"""Sending files, serving them, and the papers of an organisation."""
