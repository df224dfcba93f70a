"""What a network's secretariat does for its members: announcements, service log, readiness, the board."""
