"""Paper: letters and sheets as PDF. No Django, no database: whoever prints hands in the words."""
