"""Reading the source as data, for the tests that hold it to its own rules."""
