"""Releases as a public list: what was published when, to whom, and what was said of it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.releases.queries.published import annotations_of, release_for, releases_for
from simpul.releases.tables import Audience
from simpul.web.components import Row, Tone
from simpul.web.data.asking import address_of
from simpul.web.data.charts import number
from simpul.web.data.words import period_words

PAGE: Final = 30
AUDIENCES: Final[dict[str, Promise]] = {
    Audience.PUBLIC: gettext_lazy("everybody"),
    Audience.GOVERNMENT: gettext_lazy("governments and networks"),
    Audience.VILLAGE: gettext_lazy("the villages' own offices and groups"),
}
_NOTES: Final = {
    "retracted": (pgettext_lazy("release", "withdrawn"), Tone.BAD),
    "corrected": (pgettext_lazy("release", "corrected"), Tone.WARN),
}


@dataclass(frozen=True, slots=True)
class Note:
    word: Promise
    tone: Tone


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    release: Any
    period: str
    audience: Promise
    notes: Sequence[Note]


def row_of(release: Any) -> ReleaseRow:
    kinds = dict.fromkeys(note.kind for note in release.annotations.all())
    notes = [Note(*_NOTES[kind]) for kind in kinds if kind in _NOTES]
    return ReleaseRow(release, period_words(release.period, get_language() or "id"), AUDIENCES[release.audience], notes)


def list_page(actor: Actor, page: int) -> dict[str, Any]:
    """Thirty at a time, the newest first. Three statements."""
    rows = releases_for(actor)
    start = PAGE * (page - 1)
    found = list(rows[start : start + PAGE + 1])
    return {
        "total": rows.count(),
        "rows": [row_of(release) for release in found[:PAGE]],
        "older": f"?hal={page + 1}" if len(found) > PAGE else "",
        "newer": f"?hal={page - 1}" if page > 1 else "",
    }


def release_page(actor: Actor, key: UUID) -> dict[str, Any]:
    """NotFound for one this reader may not read."""
    release = release_for(actor, key)
    row = row_of(release)
    facts = [
        Row(_("Book"), _("%(year)s, line %(number)s") % {"year": release.book.year, "number": release.number}),
        Row(_("For"), row.audience),
        Row(_("Cells declared"), number(release.declared)),
        Row(_("Numbers told"), number(release.published)),
        Row(_("Left blank"), number(release.declared - release.published)),
        Row(_("Other tables that fit all that is told"), number(release.tables)),
    ]
    see = address_of(periode=release.period)
    return {"row": row, "facts": facts, "annotations": annotations_of(release), "see": see}
