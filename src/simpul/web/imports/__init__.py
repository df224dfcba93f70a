"""Excel sheets coming in: upload, name the columns, look through, confirm, and take back."""
