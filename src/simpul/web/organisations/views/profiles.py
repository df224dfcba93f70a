"""One organisation: what it is, among which networks, and what it takes part in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import NETWORKS, OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.queries.networks import ties_around
from simpul.organisations.queries.profiles import (
    declarations_of,
    names_of,
    organisation_for,
    placements_around,
    profile_for,
    working_areas_of,
)
from simpul.organisations.queries.programmes import roles_of
from simpul.organisations.queries.structure import structure_of
from simpul.organisations.rules.organisations import may
from simpul.people.codes import RoleTitle
from simpul.people.queries import names_in
from simpul.web.components import Link
from simpul.web.http import Request
from simpul.web.organisations.drawing import Drawing, draw
from simpul.web.organisations.facts import groups
from simpul.web.organisations.panels import organisation_with_vouching, thread_of
from simpul.web.organisations.rows import formerly, name_period

MOST_MEMBERS = 8


def today() -> date:
    return local_date(timezone.now(), Zone.WIB)


def tabs(organisation: Organisation) -> list[Link]:
    """The pages of one organisation; a network has its members besides."""
    pages = [
        Link(_("Profile"), _page("profile", organisation)),
        Link(_("Programmes and people"), _page("work", organisation)),
        Link(_("Documents"), reverse("documents:papers", args=[organisation.pk])),
    ]
    if organisation.kind in NETWORKS:
        pages.append(Link(_("Members"), _page("members", organisation)))
    pages.append(Link(_("Relations"), _page("relations", organisation)))
    return pages


def _page(name: str, organisation: Organisation) -> str:
    return reverse(f"organisations:{name}", args=[organisation.pk])


@require_safe
def profile(request: Request, organisation_id: UUID) -> HttpResponse:
    """What it is: only the fields this reader sees."""
    found, activity, vouching = organisation_with_vouching(request.actor, organisation_id, today())
    context = {
        "organisation": found,
        "tabs": tabs(found),
        "activity": activity,
        "vouching": vouching,
        "drawing": _drawing(request, found, today()),
        "share": f"{found.name} {request.build_absolute_uri()}",
        **_names(found),
        **_standing(found, today()),
        **_fields(request, found),
    }
    return render(request, "organisations/profile.html", context)


def _standing(organisation: Organisation, day: date) -> dict[str, Any]:
    return {
        "areas": working_areas_of(organisation, day),
        "declared": [d for d in declarations_of(organisation, day) if d.holding],
    }


def _names(organisation: Organisation) -> dict[str, Any]:
    names = list(names_of(organisation))
    before = [name for name in names if name.name != organisation.name]
    return {"names": [(name, name_period(name)) for name in names], "formerly": formerly(before)}


def _fields(request: Request, organisation: Organisation) -> dict[str, Any]:
    """What this reader sees of it, and where they may change it: "" for who may not."""
    seen = profile_for(request.actor, organisation)
    # Who may edit sees every field: who doesn't see the tax number need not be asked about.
    may_edit = "npwp" in seen and may(request.actor, "organisation.edit", organisation)
    return {
        "description": seen.get("description"),
        "groups": groups(seen),
        "edit": reverse("editing:organisation", args=[organisation.pk]) if may_edit else "",
    }


def _drawing(request: Request, organisation: Organisation, day: date) -> Drawing | None:
    upward, members = ties_around(request.actor, organisation, on=day, most_members=MOST_MEMBERS)
    placements = placements_around(request.actor, organisation, day)
    return draw(organisation, upward, members, placements, most_members=MOST_MEMBERS)


@require_safe
def work(request: Request, organisation_id: UUID) -> HttpResponse:
    """What it takes part in, and who of its people agreed to be named."""
    day = today()
    found = organisation_for(request.actor, organisation_id)
    roles = roles_of(request.actor, found)
    context: dict[str, Any] = {
        "organisation": found,
        "tabs": tabs(found),
        "roles": [(role, _state(role.valid_from, role.valid_until, day)) for role in roles],
        "people": _people(found, day),
        "thread": thread_of(request.actor, found),
        "structure": structure_of(found, day) if found.kind == OrganisationKind.VILLAGE_GROUP else None,
    }
    return render(request, "organisations/work.html", context)


def _people(organisation: Organisation, day: date) -> list[tuple[str, list[str]]]:
    """Each person once, in the order of the board, with all that they are there."""
    told: dict[UUID, tuple[str, list[str]]] = {}
    for row in names_in(organisation, on=day):
        title = row.title.to(get_language() or "id") if row.title else str(RoleTitle(row.role).label)
        told.setdefault(row.person_id, (row.name, []))[1].append(title)
    return list(told.values())


def _state(start: date | None, until: date | None, day: date) -> str:
    if start and day < start:
        return "idle"
    return "info" if until and until <= day else "ok"
