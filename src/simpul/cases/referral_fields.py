"""What of a person may go to an office: a closed list. Of the accused, nothing ever does."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.cases.models.parties import Party


class SharedField(models.TextChoices):
    NAME = "name", _("Name")
    PHONE = "phone", _("Telephone, and when it is safe to call")
    ADDRESS = "address", _("Address")
    NIK = "nik", _("NIK")
    AGE = "age", _("Age")
    SEX = "sex", _("Sex")
    DISABILITY = "disability", _("Disability")
    TYPES = "types", _("What it is about")
    NARRATIVE = "narrative", _("What happened")


def snapshot(party: Party, fields: Collection[str], *, on: date) -> dict[str, Any]:
    """What these fields say now, as it goes to the office: nothing else of the case ever does."""
    return {field.value: value for field in SharedField if field in fields and (value := _READ[field](party, on))}


def _opened(name: str) -> Callable[[Party, date], Any]:
    def read(party: Party, _on: date) -> Any:
        sealed = getattr(party, name)
        return sealed.open() if sealed is not None else None

    return read


def _phone(party: Party, on: date) -> dict[str, Any] | None:
    """Never the number without how it may be called (R9)."""
    number = _opened("phone")(party, on)
    contact = _opened("safe_contact")(party, on) or {}
    return {"number": number, **contact} if number else None


def _age(party: Party, on: date) -> int | None:
    return party.age_on(on)


def _narrative(party: Party, _on: date) -> str | None:
    return party.case.narrative.open() if party.case.narrative is not None else None


_READ: Final[Mapping[SharedField, Callable[[Party, date], Any]]] = {
    SharedField.NAME: _opened("name"),
    SharedField.PHONE: _phone,
    SharedField.ADDRESS: _opened("address"),
    SharedField.NIK: _opened("nik"),
    SharedField.AGE: _age,
    SharedField.SEX: lambda party, _on: party.sex,
    SharedField.DISABILITY: lambda party, _on: party.disability,
    SharedField.TYPES: lambda party, _on: sorted(row.code for row in party.types.all()),
    SharedField.NARRATIVE: _narrative,
}
