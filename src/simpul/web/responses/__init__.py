"""Pages of responses to disasters: who does what where, what is missing, and what the network says of it."""
