"""The demo data, built through the same services a person would use."""
