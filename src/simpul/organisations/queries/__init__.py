"""Reads: each takes the actor and shows what that actor may see."""
