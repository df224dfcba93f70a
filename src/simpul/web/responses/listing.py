"""Needs in a list: those that nobody is on first."""

from typing import Final

from django.utils import timezone

from simpul.activities.models import WANTING
from simpul.activities.queries.gaps import Answered, known_on, states_of
from simpul.activities.queries.responses import Narrowing, names_in_sight, needs_of
from simpul.activities.rules.responses import told_code
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, where_of
from simpul.web.responses.forms import NarrowingForm
from simpul.web.responses.panels import NeedRow, codes_told, need_row

_MOST: Final = 300
_ORDER: Final = {Answered.NOBODY: 0, Answered.WIDER: 1, Answered.SOMEBODY: 2}


def need_rows(request: Request, here: Entered, narrowing: Narrowing, form: NarrowingForm) -> list[NeedRow]:
    known = known_on(form.day, timezone.now())
    needs = list(needs_of(request.actor, here.response, narrowing, known=known)[:_MOST])
    states = {s.need.pk: s for s in states_of(request.actor, here.response, needs, known)}
    where = where_of(codes_told(needs, inside=here.inside))
    names = names_in_sight(request.actor, {need.reported_by_id for need in needs})
    needs.sort(key=lambda n: (n.status not in WANTING, _ORDER[states[n.pk].answered]))
    return [
        need_row(
            need,
            where.get(told_code(need, inside=here.inside(need)), ""),
            names.get(need.reported_by_id, need.reporter),  # type: ignore[arg-type]
            states[need.pk] if need.status in WANTING else None,
        )
        for need in needs
    ]
