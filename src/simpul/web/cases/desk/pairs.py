"""Two cases side by side, for whoever has to say whether they are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.cases.channels import Channel
from simpul.cases.queries.cases import Case, Party
from simpul.cases.queries.duplicates import Likeness
from simpul.cases.queries.file import victims_of
from simpul.cases.stages import Stage
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.cases.desk.panels import language, party_rows
from simpul.web.components import Text


@dataclass(frozen=True, slots=True)
class Pair:
    """`rows`: what is compared, how it is here, and how there."""

    likeness: Likeness
    rows: list[tuple[Text, str, str]]


def pairs_of(actor: Actor, case: Case, alike: Sequence[Likeness], *, now: datetime) -> list[Pair]:
    """One query for all the cases together, however many are alike."""
    if not alike:
        return []
    # One case may be alike twice, by two people of it: it is read once.
    found = victims_of(actor, [case, *{one.case.pk: one.case for one in alike}.values()], now=now)
    here = _side(case, found[case.pk], now)
    return [
        Pair(one, [(label, mine, theirs) for (label, mine), (_label, theirs) in zip(here, there, strict=True)])
        for one in alike
        for there in [_side(one.case, found[one.case.pk], now)]
    ]


def _side(case: Case, victims: Sequence[tuple[Party, list[str]]], now: datetime) -> list[tuple[Text, str]]:
    rows = party_rows(victims, shown=False, now=now)
    types = dict.fromkeys(str(name) for row in rows for name in row.types)
    return [
        (_("Who it is about"), "; ".join(row.known for row in rows)),
        (_("What it is about"), ", ".join(types)),
        (_("Village"), case.area.name),
        (_("Reported"), formats.day(case.received_on, language=language())),
        (_("How the report came"), str(Channel(case.channel).label)),
        (_("Where it stands"), str(Stage(case.stage).label)),
    ]
