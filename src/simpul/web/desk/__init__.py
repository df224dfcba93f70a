"""What waits for each role on its home, and what can be done about it in one step."""
