"""Two cases side by side, for whoever has to say whether they are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.cases.channels import Channel
from simpul.cases.queries.cases import Case
from simpul.cases.queries.duplicates import Likeness
from simpul.cases.queries.file import people_of
from simpul.cases.relations import PartyRole
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
    """One query for each case that is alike, of which there are few."""
    here = _sides(actor, case, now)
    return [
        Pair(one, [(label, mine, theirs) for (label, mine), (_label, theirs) in zip(here, there, strict=True)])
        for one in alike
        for there in [_sides(actor, one.case, now)]
    ]


def _sides(actor: Actor, case: Case, now: datetime) -> list[tuple[Text, str]]:
    found = people_of(actor, case, now=now)
    rows = party_rows([pair for pair in found if pair[0].role == PartyRole.VICTIM], shown=False, now=now)
    types = dict.fromkeys(str(name) for row in rows for name in row.types)
    return [
        (_("Who it is about"), "; ".join(row.known for row in rows)),
        (_("What it is about"), ", ".join(types)),
        (_("Village"), case.area.name),
        (_("Reported"), formats.day(case.received_on, language=language())),
        (_("How the report came"), str(Channel(case.channel).label)),
        (_("Where it stands"), str(Stage(case.stage).label)),
    ]
