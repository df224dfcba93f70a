"""Lists of people for a mobile service, and counts of outreach."""
