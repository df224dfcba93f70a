"""How many people learned something, each once, whoever held the events."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.facts.learners import learning_reach
from simpul.activities.kinds import AgeBand
from simpul.kernel.time import Period, Zone, local_date
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.components import Bar
from simpul.web.http import Request

FEWEST = 5


@require_safe
def learners(request: Request) -> HttpResponse:
    """Of one year, or of all: public events alone, and no group of fewer than five."""
    today = local_date(timezone.now(), Zone.WIB)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) >= 2000 else None
    period = Period(date(year, 1, 1), date(year + 1, 1, 1)) if year else None
    found = learning_reach(period=period)
    context: dict[str, Any] = {
        "found": found, "year": year, "years": range(today.year, today.year - 5, -1), "shown": found.people >= FEWEST,
        "least": found.people - found.unidentified,
        "by_sex": _bars(found.by["sex"], dict(Sex.choices)),
        "by_age": _bars(found.by["age_band"], dict(AgeBand.choices)),
    }  # fmt: skip
    return render(request, "outcomes/learners.html", context)


def _bars(counts: dict[str, int], words: dict[str, Any]) -> list[Bar]:
    """Each group; two small ones are put together where one alone would follow from the rest."""
    language = get_language() or "id"
    groups = {str(words.get(code) or _("Not said")): n for code, n in counts.items()}
    small = {label: n for label, n in groups.items() if n < FEWEST}
    large = {label: n for label, n in groups.items() if n >= FEWEST}
    while small and (len(small) == 1 or sum(small.values()) < FEWEST) and large:
        label = min(large, key=lambda one: large[one])
        small[label] = large.pop(label)
    bars = [Bar(label, n, formats.number(n, language=language)) for label, n in large.items()]
    if small and sum(small.values()) >= FEWEST:
        total = sum(small.values())
        bars.append(Bar(_("Others together"), total, formats.number(total, language=language)))
    return bars
