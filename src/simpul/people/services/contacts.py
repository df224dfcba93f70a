"""How a person is reached."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.people import rules
from simpul.people.codes import ContactKind
from simpul.people.models import ContactPoint, Person
from simpul.people.queries import today
from simpul.records.locks import claim_version

_NORMAL: Final[dict[str, Callable[[str], str]]] = {
    ContactKind.PHONE: normal_phone,
    ContactKind.WHATSAPP: normal_phone,
    ContactKind.EMAIL: normal_email,
}


def change_contacts(
    actor: Actor, person: Person, *, version: int, phone: str, whatsapp: str, email: str, now: datetime
) -> Person:
    """Replace how the person is reached; empty removes. `version` is the person's that was read.

    One's own, or Denied("person.manage"). Invalid with the field; Conflict("edited_meanwhile").
    """
    rules.require_self_or_over(actor, rules.MANAGE, person, on=today(now))
    typed = {ContactKind.PHONE: phone, ContactKind.WHATSAPP: whatsapp, ContactKind.EMAIL: email}
    wanted = {kind: _normal(kind, value) for kind, value in typed.items()}
    with transaction.atomic():
        fresh = claim_version(person, version, {})
        kept = {point.kind: point for point in ContactPoint.objects.filter(person=person)}
        changed = [kind for kind, value in wanted.items() if _put(person, kept.get(kind), kind, value)]
        audit.record(actor, "people.change_contacts", person.ref, details={"fields": changed})
    return fresh


def _normal(kind: str, typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return _NORMAL[kind](typed)
    except Invalid as error:
        raise Invalid(error.code, kind, message=error.message) from error


def _put(person: Person, kept: ContactPoint | None, kind: str, value: str) -> bool:
    """Whether anything changed."""
    if kept is not None and kept.value.open() == value:
        return False
    if not value:
        if kept is not None:
            audit.note_erasures(kept.ref)
            kept.delete()
        return kept is not None
    point = kept or ContactPoint(person=person, kind=kind)
    point.value = value
    point.save()
    return True
