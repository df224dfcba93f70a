"""Areas as people know them: who works there, whom to go to, and where nobody is yet."""
