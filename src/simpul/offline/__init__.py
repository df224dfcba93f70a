"""What phones wrote where there was no signal: taken in, each record by itself, once."""
