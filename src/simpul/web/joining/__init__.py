"""Becoming a member: the public form, the receipt, the secretariat's queue and its decisions."""
