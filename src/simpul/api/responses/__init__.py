"""Responses to disasters for programs: who does what where, what is needed, what the network reports."""
