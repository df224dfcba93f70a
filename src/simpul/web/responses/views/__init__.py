"""What each page does."""
