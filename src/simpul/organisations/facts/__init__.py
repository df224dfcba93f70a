"""What this context is willing to have counted: querysets of dated records, as they were known on a day."""
