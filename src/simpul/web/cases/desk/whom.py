"""Telling the people of a case apart without naming them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from simpul.cases.queries.cases import Case, Party
from simpul.cases.queries.file import needs_of
from simpul.kernel.actor import Actor
from simpul.web.cases.desk.panels import known_of


def masked_of(party: Party) -> str:
    """ "I. C. · 61 years, female": initials, age and sex, for those who see the case."""
    words = party.name.open().split() if party.name else []
    initials = " ".join(f"{word[0].upper()}." for word in words[:3])
    return " · ".join(filter(None, (initials, known_of(party))))


def choices_of(case: Case, people: Iterable[Party]) -> list[tuple[str, str]]:
    """Key and words of each; a number where there are several, who may well be alike."""
    known = list(people)
    for party in known:
        party.case = case
    if len(known) == 1:
        return [(str(known[0].pk), masked_of(known[0]))]
    return [(str(party.pk), f"{number}. {masked_of(party)}") for number, party in enumerate(known, 1)]


def open_needs(actor: Actor, case: Case, *, now: datetime) -> dict[str, Any]:
    """What is still needed, by key."""
    rows = needs_of(actor, case, now=now).filter(implemented_at=None, dropped_at=None)
    return {str(row.pk): row for row in rows}


def need_choices(needs: Mapping[str, Any], people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each with whose it is, where there are several people."""
    whose = dict(people) if len(people) > 1 else {}
    told = ((key, (row.get_kind_display(), whose.get(str(row.party_id), ""))) for key, row in needs.items())
    return [("", _("None of those noted")), *((key, " · ".join(filter(None, words))) for key, words in told)]
