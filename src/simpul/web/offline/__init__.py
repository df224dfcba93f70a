"""The door and the notes of a meeting where there is no signal: an outbox on the phone, and what it is given along."""
