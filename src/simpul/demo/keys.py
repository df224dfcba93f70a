"""The key of every named thing of the demo, known without asking the database."""

from uuid import UUID

from simpul.demo.steps import BORN
from simpul.kernel.ids import uuid7_from
from simpul.organisations.models import Organisation


def key_of(name: str) -> UUID:
    return uuid7_from(f"demo/{name}", BORN)


def organisation(name: str) -> Organisation:
    """One that an earlier step made."""
    return Organisation.objects.get(pk=key_of(f"organisation/{name}"))
