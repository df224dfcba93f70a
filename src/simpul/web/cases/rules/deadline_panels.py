"""A group's deadlines as cards: what it says, on what it rests, who decided it and why, who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.access.roles import ROLES
from simpul.deadlines.models import ClockRule
from simpul.deadlines.units import Anchor, Binding, Standing, Step
from simpul.web import formats
from simpul.web.components import Row, Text
from simpul.web.deadlines.views import how_long


@dataclass(frozen=True, slots=True)
class RuleCard:
    """`ends`: the group set it itself and may end it."""

    code: str
    what: str
    kind: Text
    rows: list[Row]
    ends: bool


def card_of(rule: ClockRule, decided: Sequence[Any]) -> RuleCard:
    language = get_language() or "id"
    rows = [
        Row(_("How long"), how_long(rule)),
        Row(_("Basis"), " · ".join(filter(None, (rule.basis, rule.source)))),
        Row(_("While we wait for the person"), _("it stands still") if rule.may_pause else _("it runs on")),
        Row(_("Who is told"), "; ".join(_told(step) for step in rule.chain)),
    ]
    if not rule.local_standard:
        rows.append(Row(_("Does it bind your group?"), Binding(rule.binding).label))
    if decided:
        last = decided[0]
        rows.append(Row(_("Effective from"), formats.day(last.valid_from, language=language)))
        rows.append(Row(_("Decided by"), f"{last.who or formats.NOTHING}: {last.reason}"))
    what = rule.what.to(language) if rule.what else rule.code
    ends = rule.in_use and rule.local_standard
    return RuleCard(rule.code, what, Standing(rule.standing).label, rows, ends)


def _told(step: Step) -> str:
    who = ", ".join(str(ROLES[role].label) for role in step.roles)
    return f"{_moment(step)}: {who}"


def _moment(step: Step) -> str:
    hours = abs(step.hours)
    if hours == 0:
        return _("at the start") if step.anchor == Anchor.START else _("once the time is over")
    if step.anchor == Anchor.START:
        text = ngettext("%(n)s hour after the start", "%(n)s hours after the start", hours)
    elif step.hours < 0:
        text = ngettext("%(n)s hour before the end", "%(n)s hours before the end", hours)
    else:
        text = ngettext("%(n)s hour after the end", "%(n)s hours after the end", hours)
    return text % {"n": hours}
