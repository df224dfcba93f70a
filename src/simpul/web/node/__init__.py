"""What this deployment is set to: for whoever keeps the platform."""
