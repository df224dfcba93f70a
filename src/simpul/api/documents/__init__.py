"""Files on their way here, and the papers of an organisation."""
