"""What every stored record is built from: keys, two times, constraints both engines keep, localized columns."""
