"""Tags and filters every template has."""
