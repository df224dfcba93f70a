"""Rows to bytes and back: XLSX and CSV read and written, imports staged, checked, applied and undone."""
