"""Settings, the environment, the command line."""
