"""How an organisation is tied: drawn on a day of choice, and measured to another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.actor import Actor
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.relations import FARTHEST, common_networks, shortest_way, stops_of, ties_through
from simpul.web import formats
from simpul.web.http import Request
from simpul.web.organisations.forms import LevelsForm, OtherForm
from simpul.web.organisations.graph import Box, Folded, lay_out
from simpul.web.organisations.views.profiles import tabs, today

MOST_OPENED: Final = 8
CHOICES: Final = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box with where it leads."""

    box: Box
    href: str


@require_safe
def relations(request: Request, organisation_id: UUID) -> HttpResponse:
    """Up through all its networks and down through as many levels as asked, as they held on that day."""
    found = organisation_for(request.actor, organisation_id)
    form = LevelsForm(request.GET, today=today())
    ties = ties_through(request.actor, found, on=form.day, levels=form.levels)
    opened = _opened(request.GET)
    graph = lay_out(found, ties.rows, opened=opened, words=_folded)
    context: dict[str, Any] = {"organisation": found, "tabs": tabs(found), "form": form, "graph": graph}
    context |= {"finding": _finding(found, ties.rows), "is_cut": ties.is_cut, "roles": MembershipRole}
    context["share"] = f"{found.name}: {context['finding']} {request.build_absolute_uri()}"
    if graph:
        asked = _asked(form)
        context["drawn"] = [Drawn(box, _href(box, asked, opened)) for box in graph.boxes]
        context["closed"] = f"?{urlencode(asked)}" if opened else ""
    return render(request, "organisations/relations.html", context)


@require_safe
def between(request: Request, organisation_id: UUID) -> HttpResponse:
    """How far it is from another organisation, by which way, and in which networks they meet."""
    found = organisation_for(request.actor, organisation_id)
    form = OtherForm(request.GET, today=today())
    context: dict[str, Any] = {"organisation": found, "tabs": tabs(found), "form": form}
    if form.other:
        context |= _measured(request.actor, found, organisation_for(request.actor, form.other), form.day)
        context["share"] = f"{context['finding']} {request.build_absolute_uri()}"
    elif form.text:
        context["choices"] = _choices(request.actor, found, form)
    return render(request, "organisations/between.html", context)


def _opened(asked: QueryDict) -> list[UUID]:
    """The networks named in the address; what can't be one is left out."""
    found = []
    for text in asked.getlist("buka")[:MOST_OPENED]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _asked(form: LevelsForm) -> list[tuple[str, str]]:
    given = [("pada", form.day.isoformat() if form.is_past else ""), ("tingkat", str(form.levels or ""))]
    return [(name, value) for name, value in given if value]


def _href(box: Box, asked: Sequence[tuple[str, str]], opened: Sequence[UUID]) -> str:
    """Of an organisation its own drawing; of the folded the same drawing with them, or the list where they are many."""
    if box.organisation:
        page = "profile" if box.is_centre else "relations"
        query = f"?{urlencode(asked)}" if asked and not box.is_centre else ""
        return reverse(f"organisations:{page}", args=[box.organisation.pk]) + query
    assert box.folded
    if box.folded.open:
        query = f"?{urlencode(asked)}" if asked else ""
        return reverse("organisations:members", args=[box.folded.parent]) + query
    wanted = [*asked, *(("buka", str(pk)) for pk in dict.fromkeys([*opened, box.folded.parent]))]
    return f"?{urlencode(wanted)}"


def _folded(folded: Folded) -> str:
    """ "3 jaringan, 84 organisasi"."""
    language = get_language() or "id"
    parts = []
    if folded.networks:
        words = ngettext("%(n)s network", "%(n)s networks", folded.networks)
        parts.append(words % {"n": formats.number(folded.networks, language=language)})
    if folded.others:
        words = ngettext("%(n)s organisation", "%(n)s organisations", folded.others)
        parts.append(words % {"n": formats.number(folded.others, language=language)})
    listed = ", ".join(parts)
    return _("%(listed)s more") % {"listed": listed} if folded.open else listed


def _finding(organisation: Organisation, ties: Sequence[Membership]) -> str:
    """ "Directly in 2 networks; 32 direct members"."""
    language = get_language() or "id"
    networks = len({t.network_id for t in ties if t.member_id == organisation.pk and t.is_counted})
    members = len({t.member_id for t in ties if t.network_id == organisation.pk and t.is_counted})
    if not ties:
        return _("No tie is recorded on this day")
    words = []
    if networks or not members:
        text = ngettext("Directly in %(n)s network", "Directly in %(n)s networks", networks)
        words.append(text % {"n": formats.number(networks, language=language)})
    if members:
        text = ngettext("%(n)s direct member", "%(n)s direct members", members)
        words.append(text % {"n": formats.number(members, language=language)})
    return " · ".join(words)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the way, and by which role one came to it."""

    organisation: Organisation
    how: str


def _measured(actor: Actor, first: Organisation, second: Organisation, day: date) -> dict[str, Any]:
    way = shortest_way(actor, first, second, on=day)
    return {
        "other": second,
        "finding": _distance(first, second, way),
        "stops": _stops(first, way) if way else [],
        "common": common_networks(actor, first, second, on=day),
    }


def _distance(first: Organisation, second: Organisation, way: Sequence[Membership] | None) -> str:
    names = {"first": first.name, "second": second.name}
    if way is None:
        return _("%(first)s and %(second)s are not tied within %(n)s steps") % {**names, "n": FARTHEST}
    words = ngettext(
        "%(first)s and %(second)s are %(n)s step apart", "%(first)s and %(second)s are %(n)s steps apart", len(way)
    )
    return words % {**names, "n": len(way)}


def _stops(first: Organisation, way: Sequence[Membership]) -> list[Stop]:
    stops = [Stop(first, "")]
    for tie, there in stops_of(first, way):
        role = str(MembershipRole(tie.role).label).lower()
        how = _("in which it is: %(role)s") if there.pk == tie.network_id else _("which is in it: %(role)s")
        stops.append(Stop(there, how % {"role": role}))
    return stops


def _choices(actor: Actor, organisation: Organisation, form: OtherForm) -> list[tuple[Organisation, str]]:
    listed = directory(actor, Search(text=form.text), limit=CHOICES).rows
    kept = {"pada": form.day.isoformat()} if form.is_past else {}
    return [(row, f"?{urlencode({**kept, 'dengan': row.pk})}") for row in listed if row.pk != organisation.pk]
