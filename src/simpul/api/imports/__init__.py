"""Files of rows on their way into the records: read, named, checked, decided, written, taken back."""
