"""Organisations for tests, with sensible words in every field a test does not name."""

from itertools import count
from uuid import UUID

from simpul.kernel.ids import uuid7
from simpul.kernel.text import fold_words
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation

_numbers = count(1)


def make_organisation(
    *,
    name: str = "",
    acronym: str = "",
    kind: str = OrganisationKind.FOUNDATION,
    id: UUID | None = None,  # noqa: A002
) -> Organisation:
    name = name or f"Yayasan Contoh {next(_numbers)}"
    return Organisation.objects.create(
        id=id or uuid7(), kind=kind, name=name, acronym=acronym, sort_key=fold_words(name)
    )
