"""A programme: where it works and who does what in it, on a day of choice, and how that changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Programme, ProgrammeArea, ProgrammeRole
from simpul.organisations.queries.programmes import areas_of, programme_for, roles_in
from simpul.web import formats
from simpul.web.http import Request
from simpul.web.organisations.forms import DayForm
from simpul.web.organisations.places import programme_map


@require_safe
def programme(request: Request, programme_id: UUID) -> HttpResponse:
    """After its end it is shown as it was on its last day, unless another day is asked for."""
    found = programme_for(request.actor, programme_id)
    now = local_date(timezone.now(), Zone.WIB)
    form = DayForm(request.GET, today=_last_day(found, now))
    shown = _on(form.day, found, list(roles_in(request.actor, found)))
    context = {
        "programme": found,
        "form": form,
        "is_over": bool(found.valid_until and found.valid_until <= now),
        "share": f"{found}: {shown['finding']} {request.build_absolute_uri()}",
        **shown,
    }
    return render(request, "organisations/programme.html", context)


def _on(day: date, programme: Programme, roles: Sequence[ProgrammeRole]) -> dict[str, Any]:
    """What held on that day, and apart from it what held before or after."""
    holding = [r for r in roles if r.period.contains(day) and programme.period.contains(day)]
    areas = list(areas_of(programme, day))
    return {
        "finding": _finding(areas, holding),
        "areas": areas,
        "groups": [(label, list(rows)) for label, rows in groupby(holding, key=ProgrammeRole.get_role_display)],
        "history": [role for role in roles if role not in holding],
        "map": programme_map(areas, _per_regency(holding)),
    }


def _last_day(programme: Programme, now: date) -> date:
    last = programme.valid_until - timedelta(days=1) if programme.valid_until else now
    return min(last, now)


def _finding(areas: Sequence[ProgrammeArea], roles: Sequence[ProgrammeRole]) -> str:
    """ "18 regencies and cities in 6 provinces · 45 organisations"."""
    language = get_language() or "id"
    regencies = {row.area_id[:5] for row in areas if row.area.level > 1}
    provinces = {row.area_id[:2] for row in areas}
    who = {role.organisation_id for role in roles}
    told = [
        ngettext("%(n)s regency or city", "%(n)s regencies and cities", len(regencies)) % {"n": len(regencies)},
        ngettext("in %(n)s province", "in %(n)s provinces", len(provinces)) % {"n": len(provinces)},
    ]
    many = formats.number(len(who), language=language)
    parties = ngettext("%(n)s organisation", "%(n)s organisations", len(who)) % {"n": many}
    return f"{' '.join(told)} · {parties}"


def _per_regency(roles: Sequence[ProgrammeRole]) -> Counter[str]:
    """Organisations with a role in each regency or city, each once."""
    pairs = {(role.area_id[:5], role.organisation_id) for role in roles if role.area_id and len(role.area_id) >= 5}
    return Counter(code for code, _organisation in pairs)
