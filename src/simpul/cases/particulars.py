"""What is written about a person of a case: made one spelling, refused only where it can't be meant."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from simpul.cases.likeness import likeness_of
from simpul.cases.models import Party
from simpul.cases.relations import Relation
from simpul.cases.vulnerabilities import Disability, Schooling
from simpul.kernel.errors import Invalid
from simpul.kernel.text import squeeze
from simpul.people.codes import Sex

LONGEST: Final = {"name": 160, "alias": 80, "phone": 40, "address": 300, "nik": 40, "family_card": 40, "bpjs": 40}
CHOICES: Final = {
    "sex": Sex.values,
    "disability": ["", *Disability.values],
    "education": ["", *Schooling.values],
    "relation": ["", *Relation.values],
}
SAFE_CONTACT: Final = {"safe_to_call": bool, "hours": str, "may_leave_message": bool, "via": str}
OLDEST: Final = 120  # years


def clean(particulars: Mapping[str, object], *, on: date) -> dict[str, Any]:
    """The same, ready to be written: blank text is None, a date ISO. `on` is the day an age is stated on.

    ValueError for a name that is no particular; Invalid (naming the field) for what can't be.
    """
    done: dict[str, Any] = {}
    for field, value in particulars.items():
        if field not in FIELDS:
            raise ValueError(f"not a particular of a person: {field}")
        done[field] = FIELDS[field](field, value, on)
    if "age_stated" in done:
        done["age_stated_on"] = None if done["age_stated"] is None else on
    return done


def apply(party: Party, cleaned: Mapping[str, object]) -> None:
    for field, value in cleaned.items():
        setattr(party, field, value)
    party.likeness = likeness_for(party)


def likeness_for(party: Party) -> str | None:
    """What finds this person again, None where they have no name."""
    if party.name is None:
        return None
    year = party.born.year if party.born else None
    if year is None and party.age_stated is not None and party.age_stated_on is not None:
        year = party.age_stated_on.year - party.age_stated
    return likeness_of(party.name.open(), year, party.case.area_id)


def _text(field: str, value: object, on: date) -> str | None:  # noqa: ARG001 - one shape for all
    words = squeeze(str(value or ""))
    if len(words) > LONGEST[field]:
        raise Invalid("too_long", field, message=_("Write this shorter."))
    return words or None


def _number(field: str, value: object, on: date) -> str | None:
    """NIK, family card, BPJS: without the spaces and dots people write between. Its shape never blocks."""
    words = _text(field, value, on)
    return re.sub(r"[\s.-]", "", words) if words else None


def _choice(field: str, value: object, on: date) -> str:  # noqa: ARG001
    if value not in CHOICES[field]:
        raise Invalid("unknown_choice", field, message=_("Choose one of the answers in the list."))
    return str(value)


def _birth_date(field: str, value: object, on: date) -> str | None:
    if not value:
        return None
    if not isinstance(value, date) or not on.year - OLDEST <= value.year or value > on:
        raise Invalid("birth_date", field, message=_("Write a date of birth that has been, or leave it empty."))
    return value.isoformat()


def _age(field: str, value: object, on: date) -> int | None:  # noqa: ARG001
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= OLDEST:
        raise Invalid("age", field, message=_("Write the age in whole years, or leave it empty."))
    return value


def _contact(field: str, value: object, on: date) -> dict[str, object] | None:  # noqa: ARG001
    """Only the four answers of R9; what was not asked stays away."""
    if not value:
        return None
    if not isinstance(value, Mapping) or set(value) - set(SAFE_CONTACT):
        raise ValueError("safe contact has other answers")
    kept = {k: squeeze(v) if isinstance(v, str) else v for k, v in value.items()}
    if any(not isinstance(v, SAFE_CONTACT[k] | None) or (isinstance(v, str) and len(v) > 200) for k, v in kept.items()):
        raise Invalid("safe_contact", field, message=_("Write this shorter."))
    return {k: v for k, v in kept.items() if v not in ("", None)} or None


FIELDS: Final[dict[str, Callable[[str, object, date], Any]]] = {
    "name": _text,
    "alias": _text,
    "phone": _text,
    "address": _text,
    "nik": _number,
    "family_card": _number,
    "bpjs": _number,
    "birth_date": _birth_date,
    "age_stated": _age,
    "sex": _choice,
    "disability": _choice,
    "education": _choice,
    "relation": _choice,
    "safe_contact": _contact,
}
