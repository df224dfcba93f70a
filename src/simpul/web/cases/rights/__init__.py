"""What people ask about their own data, keeping and erasing, breaches, and the papers the law asks for."""
