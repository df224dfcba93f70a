"""Reports of online meetings (Zoom, Google Meet and others), read into who was at an event, and for how long."""
