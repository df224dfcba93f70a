"""What an event leaves behind: feedback, certificates, scores, action points, minutes; learners, each counted once."""
