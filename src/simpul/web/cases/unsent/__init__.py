"""The first screen where there is no signal: kept on the phone, sealed, and sent once."""
