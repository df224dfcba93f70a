"""Files go in and out; papers are kept."""
