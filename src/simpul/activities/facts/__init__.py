"""What this context is willing to have counted: querysets of dated records, and plain counts of people."""
