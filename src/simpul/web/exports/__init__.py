"""Tables to take away, exactly as a page filters them; and the bar under each page that leads to them."""
