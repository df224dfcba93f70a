"""Pages of organisations, by what they are about."""
