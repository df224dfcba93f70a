"""Signing in with an identifier and a password."""

from django.contrib.auth.backends import ModelBackend


class IdentifierBackend(ModelBackend):
    """Placeholder for e-mail or phone number: the handle for now."""
