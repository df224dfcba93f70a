"""Backups: one file that either engine writes and either engine reads, and the way back from it."""
