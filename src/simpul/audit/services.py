"""Recording acts. The one write every other write ends with."""
