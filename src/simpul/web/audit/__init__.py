"""The record of acts, for auditors of the whole platform."""
