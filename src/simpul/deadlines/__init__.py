"""Clocks: how long something may take, from which rule, and what happens when the time is over."""
