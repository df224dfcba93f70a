"""The tables of this context."""

from simpul.organisations.models.organisations import Organisation

__all__ = ["Organisation"]
