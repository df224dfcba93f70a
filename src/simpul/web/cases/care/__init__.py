"""Care for those who help: how they are, what threatens them."""
