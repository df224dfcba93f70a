"""Referrals: as the group sends them, and as the office answers, by account or by link."""
