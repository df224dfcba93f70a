"""Sending files, keeping documents, and putting away what nobody needs any more."""
