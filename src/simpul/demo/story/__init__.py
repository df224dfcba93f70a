"""The storyline: one village, its group, its regency and province, everybody in it invented.

Real provinces, regencies and districts stand around it; nothing is hung on a real village.
"""
