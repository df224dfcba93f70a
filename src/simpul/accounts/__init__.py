"""Users, sign-in, devices, second factor: who is at the keyboard, not who they are in life."""
