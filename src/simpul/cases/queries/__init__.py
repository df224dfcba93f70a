"""Reading cases, always for an actor."""
