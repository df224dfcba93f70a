"""The living style guide: every component in every state, drawn by the very line it tells others to copy."""
