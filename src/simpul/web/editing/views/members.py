"""Who is in a network: admitting, ending, agreeing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.membership_life import count_standings, standings_in
from simpul.organisations.queries.networks import membership_ever, memberships_for
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import authorise, may
from simpul.organisations.services.memberships import admit_member, confirm_membership, end_membership
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, back_to, changed_already, entry, form_page, sent
from simpul.web.editing.forms.entries import AdmitForm, EndMembershipForm
from simpul.web.http import Request

MANAGE, PAGE = "membership.manage", 50


@signed_in
def members(request: Request, key: UUID) -> HttpResponse:
    """Its members, and the networks it is in itself, each with what can be done about it."""
    row = entry(request, key, MANAGE)
    today = local_date(timezone.now(), Zone.WIB)
    rows = memberships_for(request.actor, on=today)
    context = {
        "row": row,
        "is_network": row.kind in NETWORKS,
        "memberships": rows.filter(member=row).order_by("network__sort_key", "id")[:PAGE],
        **(_inside(request, row, rows, today) if row.kind in NETWORKS else {}),
    }
    return render(request, "editing/members.html", context)


def _inside(request: Request, row: Organisation, rows: QuerySet[Membership], today: date) -> dict[str, Any]:
    """Its members with their standing. Who hosts the secretariat or observes has none: it is no member by that."""
    inside = list(rows.filter(network=row).order_by("member__sort_key", "id")[: PAGE + 1])
    standings = {one.member.pk: one for one in standings_in(request.actor, row, on=today)}
    return {
        "members": [(line, standings.get(line.member_id)) for line in inside[:PAGE]],
        "more": len(inside) > PAGE,
        "counts": count_standings(request.actor, row, on=today),
    }


@signed_in
def admit(request: Request, key: UUID) -> HttpResponse:
    """First the organisation is looked for, then the membership is written down."""
    row = entry(request, key, MANAGE)
    member = _chosen(request)
    if member is None:
        return _search(request, row)
    form = AdmitForm(sent(request), initial={"key": uuid7(), "role": "member"})
    if accepted(form, lambda: _admitted(request, row, member, form)):
        return back_to(request, row, _("%(name)s is a member now.") % {"name": member.name})
    return form_page(request, "admit", form, {"row": row, "member": member})


def _search(request: Request, row: Organisation) -> HttpResponse:
    text = request.GET.get("teks", "").strip()
    found = directory(request.actor, Search(text=text), limit=12).rows if text else ()
    return render(request, "editing/admit-search.html", {"row": row, "text": text, "found": found})


def _admitted(request: Request, network: Organisation, member: Organisation, form: AdmitForm) -> Membership:
    given = dict(form.cleaned_data)
    key = given.pop("key")
    return admit_member(request.actor, network, member=member, membership_id=key, now=timezone.now(), **given)


def _chosen(request: Request) -> Organisation | None:
    """404 for one out of sight, as for what is no id at all."""
    asked = request.GET.get("anggota", "")
    if not asked:
        return None
    try:
        return organisation_for(request.actor, UUID(asked))
    except ValueError as error:
        raise NotFound("organisations.organisation") from error


@signed_in
def end(request: Request, row: UUID) -> HttpResponse:
    """The network ends it, or the member leaves. Sent twice, the second answer says that it is done."""
    membership = membership_ever(request.actor, row)
    side = _side(request, membership)
    if request.method != "POST" and membership.superseded_at is not None:
        return changed_already(request, "editing:members", side)
    form = EndMembershipForm(sent(request))
    if accepted(form, lambda: _ended(request, membership, form)):
        return back_to(request, side, _("The membership ends on that day. What was true before stays true."))
    names = {"member": membership.member.name, "network": membership.network.name}
    title = _("End the membership of %(member)s in %(network)s") % names
    return form_page(request, "form", form, {"row": side, "title": title})


def _side(request: Request, membership: Membership) -> Organisation:
    """The one of the two that the actor speaks for."""
    side = next((s for s in (membership.network, membership.member) if may(request.actor, MANAGE, s)), None)
    if side is None:
        raise Denied(MANAGE, membership.ref)
    return side


def _ended(request: Request, membership: Membership, form: EndMembershipForm) -> Membership:
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    return end_membership(request.actor, membership, valid_until=until, reason=reason, now=timezone.now())


@signed_in
def agree(request: Request, row: UUID) -> HttpResponse:
    """The member itself says that it is one. Sent twice, the second answer says that it is done."""
    membership = membership_ever(request.actor, row)
    authorise(request.actor, MANAGE, membership.member)
    if request.method != "POST" and membership.superseded_at is not None:
        return changed_already(request, "editing:members", membership.member)
    if request.method == "POST":
        confirm_membership(request.actor, membership, now=timezone.now())
        return back_to(request, membership.member, _("Agreed: the network may now help to keep your entry."))
    return render(request, "editing/agree.html", {"membership": membership, "row": membership.member})
