"""Looking for a case again: that one looked, and by what kind of answer, is recorded; never what was said."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.likeness import normal_nik, sound_of
from simpul.cases.models import Case
from simpul.cases.queries.finding import cases_like
from simpul.cases.rules.sight import require_desk
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid


def find_cases(
    actor: Actor,
    *,
    now: datetime,
    number: str = "",
    nik: str = "",
    name: str = "",
    birth_year: int | None = None,
    area_code: str = "",
) -> list[Case]:
    """Cases the actor sees, as `cases_like`. Finding opens none: whoever goes on into one is noted there.

    Denied("case.record") for whoever has no desk; Invalid("nik" | "nothing_said").
    """
    require_desk(actor)
    by_name = bool(sound_of(name) and birth_year and area_code)
    if nik and not normal_nik(nik):
        raise Invalid("nik", "nik", message=_("A NIK has 16 digits. Or look by name, year of birth and village."))
    if not (number.strip() or nik or by_name):
        message = _("Write the number of the case, a NIK, or a name with the year of birth and the village.")
        raise Invalid("nothing_said", "number", message=message)
    said = {"number": bool(number.strip()), "nik": bool(nik), "name": by_name}
    with transaction.atomic():
        audit.record(actor, "cases.find_cases", None, details={"by": [word for word, given in said.items() if given]})
    return cases_like(actor, number=number, nik=nik, name=name, birth_year=birth_year, area_code=area_code, now=now)
