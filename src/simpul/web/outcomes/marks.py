"""Points as they are typed, and what was gained in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.models import Stage
from simpul.activities.points import points
from simpul.activities.queries.scores import FEWEST, Gain, Line, Scored
from simpul.activities.services.scores import Points
from simpul.kernel.errors import Invalid
from simpul.web import formats
from simpul.web.components import Bar

FIELD = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
MOST = 300


def read_lines(lines: Sequence[Line]) -> tuple[dict[UUID, Points], list[tuple[Line, str]]]:
    """Participant -> points, and the lines that say none, each with why. A first line of names of columns is no fault;
    what is left out in a line changes nothing.
    """
    rows: dict[UUID, Points] = {}
    missed: list[tuple[Line, str]] = []
    for line in lines:
        if line.participant is None:
            if not (line.number == 1 and line.why == "unknown" and _is_head(line)):
                missed.append((line, _reason(line.why)))
            continue
        try:
            rows[line.participant.pk] = Points(points("before", line.before), points("after", line.after))
        except Invalid as refusal:
            missed.append((line, str(refusal.message)))
    return rows, missed


def _is_head(line: Line) -> bool:
    """A first line that has no number where points belong: the names of the columns."""
    return not any(c.isdigit() for c in line.before + line.after)


def _reason(why: str) -> str:
    if why == "several":
        return _("Several people of this event have this name. Type their points by hand.")
    return _("Nobody of this event has this name. Compare it with the list.")


class ScoreForm(forms.Form):
    """Two fields for each: `before-<key>`, `after-<key>`."""

    def __init__(self, data: Any, *, people: Sequence[Scored]) -> None:
        super().__init__(data)
        self.people = people[:MOST]
        for one in self.people:
            for stage, value in ((Stage.BEFORE, one.before), (Stage.AFTER, one.after)):
                self.fields[f"{stage}-{one.participant.pk}"] = forms.CharField(
                    label=f"{one.name}: {stage.label}", required=False, max_length=8, initial=_typed(value),
                    widget=forms.TextInput(attrs=FIELD),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            try:
                points(name, value)
            except Invalid as refusal:
                self.add_error(name, str(refusal.message))
        return self.cleaned_data

    def points(self) -> dict[UUID, Points]:
        """Of those whose fields say something else than what is kept."""
        made = {}
        for one in self.people:
            typed = {stage: self.cleaned_data[f"{stage}-{one.participant.pk}"] for stage in Stage}
            kept = {Stage.BEFORE: one.before, Stage.AFTER: one.after}
            gone = frozenset(stage.value for stage in Stage if not typed[stage] and kept[stage] is not None)
            told = {stage.value: points(stage, typed[stage]) for stage in Stage}
            if gone or any(told[stage] != kept[stage] for stage in Stage if typed[stage]):
                made[one.participant.pk] = Points(**told, erase=gone)
        return made

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [
            (one.name or str(_("Name deleted")), self[f"{Stage.BEFORE}-{key}"], self[f"{Stage.AFTER}-{key}"])
            for one in self.people
            for key in [one.participant.pk]
        ]


def _typed(value: Decimal | None) -> str:
    if value is None:
        return ""
    plain = f"{value.normalize():f}"
    return plain.replace(".", formats.tongue(get_language() or "id").point)


def gain_told(gain: Gain) -> dict[str, Any]:
    """Averages in words and bars; of fewer than five nothing but how many they are."""
    if gain.before is None or gain.after is None or gain.gain is None:
        return {"both": gain.both, "fewest": FEWEST}
    language = get_language() or "id"

    def said(value: Decimal) -> str:
        return formats.number(value, language=language, decimals=1)

    sign = "+" if gain.gain >= 0 else "−"
    part = gain.of_possible
    return {
        "both": gain.both,
        "gain": f"{sign}{said(abs(gain.gain))}",
        "of_possible": formats.percent(part, 1, language=language, decimals=0) if part is not None and part > 0 else "",
        "better": gain.better,
        "bars": [
            Bar(Stage.BEFORE.label, float(gain.before), said(gain.before), total=100),
            Bar(Stage.AFTER.label, float(gain.after), said(gain.after), total=100),
        ],
    }
