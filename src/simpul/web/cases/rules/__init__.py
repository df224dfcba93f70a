"""How the desk of a group works: what its coordinator decides, and why."""
