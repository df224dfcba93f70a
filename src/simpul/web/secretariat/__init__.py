"""What a secretariat does for its members: announcements, service log, readiness, the board of needs and offers."""
