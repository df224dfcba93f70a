"""The desk of a village group: what waits, opening a case, and the case itself."""
