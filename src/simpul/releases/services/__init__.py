"""Writes: closing months, proposing, agreeing, publishing, and what is said afterwards."""
