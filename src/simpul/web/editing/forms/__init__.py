"""What is asked of whoever keeps an entry of the directory."""
