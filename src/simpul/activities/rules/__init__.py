"""Who may see and do what with events and with those who come to them."""
