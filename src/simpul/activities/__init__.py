"""The work itself: events and who came, responses and who does what where."""
