"""Keeping the directory true: registering, changing, confirming, admitting. Read pages are others'."""
