"""Learning and acting together for programs: forums, what came of events, consultations, the library."""
