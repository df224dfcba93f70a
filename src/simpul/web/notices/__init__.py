"""One's inbox, what one sent, and how one wants to be told."""
