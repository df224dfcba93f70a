"""Pages of the door and of one's account, by what they are about."""
