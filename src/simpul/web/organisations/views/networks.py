"""A network across its levels, on a day of choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.queries.listed import direct_networks
from simpul.organisations.queries.membership_life import count_standings
from simpul.organisations.queries.networks import (
    MemberCounts,
    NetworkCounts,
    count_members,
    member_organisations,
    members_per_network,
    memberships_for,
)
from simpul.web import formats
from simpul.web.components import Bar
from simpul.web.http import Request
from simpul.web.organisations.forms import LevelsForm
from simpul.web.organisations.panels import network_with_declared
from simpul.web.organisations.places import members_map
from simpul.web.organisations.views.profiles import tabs, today

PAGE = 50
MOST_NETWORKS = 40


@dataclass(frozen=True, slots=True)
class MemberRow:
    organisation: Organisation
    via: Sequence[Organisation]


@require_safe
def members(request: Request, organisation_id: UUID) -> HttpResponse:
    """Counted and listed through as many levels as asked, as memberships held on that day."""
    form = LevelsForm(request.GET, today=today())
    found, declared, hosts = network_with_declared(request.actor, organisation_id, form.day)
    counts = count_members(request.actor, found, on=form.day, levels=form.levels)
    context: dict[str, Any] = {"organisation": found, "tabs": tabs(found), "form": form, "counts": counts}
    context |= {"finding": _finding(counts), "declared": declared, "hosts": hosts}
    context["share"] = f"{found.name}: {context['finding']} {request.build_absolute_uri()}"
    if counts.total:
        context["standings"] = count_standings(request.actor, found, on=form.day)
        context |= _listed(request, found, form)
    return render(request, "organisations/members.html", context)


@require_safe
def membership(request: Request, membership_id: UUID) -> HttpResponse:
    """Where a membership is to be seen: among the members of its network, on its first day."""
    found = memberships_for(request.actor).filter(pk=membership_id).first()
    if found is None:
        raise NotFound("organisations.membership", membership_id)
    page = reverse("organisations:members", args=[found.network_id])
    return redirect(f"{page}?pada={found.valid_from}" if found.valid_from else page)


def _listed(request: Request, found: Organisation, form: LevelsForm) -> dict[str, Any]:
    per_network = members_per_network(request.actor, found, on=form.day, levels=form.levels)
    everybody = member_organisations(request.actor, found, on=form.day, levels=form.levels)
    cursor = _cursor(request.GET.get("setelah", ""))
    rows = list(_after(everybody, cursor).select_related("seat")[: PAGE + 1])
    return {
        "bars": _bars(per_network[:MOST_NETWORKS]),
        "more_networks": max(0, len(per_network) - MOST_NETWORKS),
        "map": members_map(everybody),
        "rows": _rows(request.actor, rows[:PAGE], per_network, form.day),
        **_onward(form, rows, began=cursor is None),
    }


def _finding(counts: MemberCounts) -> str:
    """ "396 organisations through 32 networks"; without networks below, its members alone."""
    language = get_language() or "id"
    number = formats.number(counts.organisations, language=language)
    words = ngettext("%(n)s organisation", "%(n)s organisations", counts.organisations) % {"n": number}
    if not counts.networks:
        return words
    below = formats.number(counts.networks, language=language)
    through = ngettext("%(n)s member network", "%(n)s member networks", counts.networks) % {"n": below}
    return _("%(organisations)s, through %(networks)s") % {"organisations": words, "networks": through}


def _bars(per_network: Sequence[NetworkCounts]) -> list[Bar]:
    language = get_language() or "id"
    return [
        Bar(
            row.network.name,
            row.reach,
            _("%(reach)s in all · %(direct)s direct")
            % {
                "reach": formats.number(row.reach, language=language),
                "direct": formats.number(row.direct, language=language),
            },
            href=reverse("organisations:members", args=[row.network.pk]),
        )
        for row in per_network
    ]


def _rows(
    actor: Actor, shown: Sequence[Organisation], per_network: Sequence[NetworkCounts], day: date
) -> list[MemberRow]:
    """Each with the networks of this tree that it is directly in. One query."""
    tree = [row.network.pk for row in per_network]
    ways = direct_networks(actor, [o.pk for o in shown], on=day, among=tree)
    return [MemberRow(o, ways.get(o.pk, [])) for o in shown]


def _onward(form: LevelsForm, rows: Sequence[Organisation], *, began: bool) -> dict[str, str]:
    """Where the list goes on, and where it began. `rows` holds one more than a page where there is more."""
    asked = {"pada": form.day.isoformat(), "tingkat": form.levels or ""}
    older = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        older = f"?{urlencode({**asked, 'setelah': f'{last.pk}.{last.sort_key}'})}"
    return {"first": "" if began else f"?{urlencode(asked)}", "older": older}


def _after(everybody: QuerySet[Organisation], cursor: tuple[str, UUID] | None) -> QuerySet[Organisation]:
    """Beyond that place in the order of names, whoever stands there now."""
    if cursor is None:
        return everybody
    name, last = cursor
    return everybody.filter(Q(sort_key__gt=name) | Q(sort_key=name, pk__gt=last))


def _cursor(text: str) -> tuple[str, UUID] | None:
    """As `older` wrote it; None, which is the beginning, for anything else."""
    last, _dot, name = text.partition(".")
    try:
        return name, UUID(last)
    except ValueError:
        return None
