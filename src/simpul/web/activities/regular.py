"""How regularly a series was held, in words and in a row of weeks."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.kinds import Rhythm
from simpul.activities.models import EventSeries
from simpul.activities.queries.events import events_of_series
from simpul.activities.queries.series import regularity
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.activities.rows import event_rows

MOST: Final = 30
A_YEAR: Final = timedelta(days=364)


def regularity_told(actor: Actor, series: EventSeries, today: date) -> dict[str, Any]:
    """Its events, the last first; and of the turns of a year how many were held."""
    rows = list(events_of_series(actor, series)[: MOST + 1])
    told: dict[str, Any] = {"rows": event_rows(rows[:MOST], today), "more": len(rows) > MOST}
    if not series.rhythm:
        return told
    start = max(series.starts_on, today - A_YEAR)
    found = regularity(series, start=start, until=today)
    if not found.due:
        return told
    language = get_language() or "id"
    numbers = {name: formats.number(n, language=language) for name, n in (("held", found.held), ("due", found.due))}
    words = {
        Rhythm.WEEKLY: ngettext("Held in %(held)s of %(due)s week", "Held in %(held)s of %(due)s weeks", found.due),
        Rhythm.FORTNIGHTLY: ngettext(
            "Held in %(held)s of %(due)s fortnight", "Held in %(held)s of %(due)s fortnights", found.due
        ),
        Rhythm.MONTHLY: ngettext("Held in %(held)s of %(due)s month", "Held in %(held)s of %(due)s months", found.due),
    }[Rhythm(series.rhythm)]
    missed = [formats.short_day(day, language=language) for day in found.missed]
    since = formats.day(start, language=language)
    return {
        **told,
        "finding": words % numbers,
        "missed": missed,
        "since": _("Since %(day)s") % {"day": since},
        "found": found,
    }
