"""Entering organisations: the form, check your answers, done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.kinds import NETWORKS, OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.rules.organisations import may, may_register, within
from simpul.organisations.services.memberships import register_member
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.village_groups import form_village_group
from simpul.territory.queries import path_of
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Row
from simpul.web.editing.entry import EDIT, accepted, form_page, sent
from simpul.web.editing.forms.entries import RegisterForm, VillageGroupForm
from simpul.web.editing.versions import typed
from simpul.web.http import Request

REGISTER, STEP, SAVE, AGAIN = "organisation.register", "langkah", "simpan", "ubah"


@signed_in
def register(request: Request) -> HttpResponse:
    """Typed, then read over, then registered. What is typed travels with the form: nothing is kept before the end."""
    _require(request)
    form = RegisterForm(sent(request), networks=_networks(request), initial={"key": uuid7()})
    step = request.POST.get(STEP)
    if step == AGAIN or not form.is_valid() or not _allowed(request, form):
        return form_page(request, "register", form, {})
    if step != SAVE:
        return render(request, "editing/register-check.html", _check(request, form))
    made: list[Organisation] = []
    if accepted(form, lambda: made.append(_registered(request, form))):
        return _done(request, made[0])
    return form_page(request, "register", form, {})


def _require(request: Request) -> None:
    if not request.actor.may(REGISTER):
        raise Denied(REGISTER)


def _networks(request: Request) -> dict[str, str]:
    rows = Organisation.objects.filter(within(request.actor.scope("membership.manage")), kind__in=NETWORKS)
    return {str(row.pk): row.name for row in rows.order_by("sort_key")[:50]}


def _allowed(request: Request, form: RegisterForm) -> bool:
    seat = form.cleaned_data["seat"]
    if not may_register(request.actor, seat.code if seat else None):
        form.add_error("seat", _("You register organisations of another area. Choose a seat there."))
    return not form.errors


def _check(request: Request, form: RegisterForm) -> dict[str, Any]:
    given = form.cleaned_data
    rows = [
        Row(_("Kind"), OrganisationKind(given["kind"]).label),
        Row(_("Name"), given["name"]),
        Row(_("Short name"), given["acronym"]),
        Row(_("Where is its office?"), path_of(given["seat"].code) if given["seat"] else ""),
    ]
    if given.get("network"):
        rows.append(Row(_("Member of"), _networks(request).get(given["network"], "")))
    alike = directory(request.actor, Search(text=given["name"]), limit=5).rows
    return {"rows": rows, "typed": typed(request.POST), "version": "", "alike": alike}


def _registered(request: Request, form: RegisterForm) -> Organisation:
    given, now = dict(form.cleaned_data), timezone.now()
    key, network = given.pop("key"), given.pop("network", "")
    if not network:
        return register_organisation(request.actor, id=key, now=now, **given)
    home = Organisation.objects.get(pk=network)
    return register_member(request.actor, home, organisation_id=key, now=now, **given).member


def _done(request: Request, made: Organisation) -> HttpResponse:
    """On to the rest of the entry, for who may keep it; else to what everybody sees."""
    messages.success(request, _("%(name)s is in the directory now.") % {"name": made.name})
    if may(request.actor, EDIT, made):
        return redirect("editing:organisation", made.pk)
    return redirect(f"/jejaring/{made.pk}/")


@signed_in
def village_group(request: Request) -> HttpResponse:
    _require(request)
    form = VillageGroupForm(sent(request), initial={"key": uuid7()})
    made: list[Organisation] = []
    if form.is_valid() and _may_in(request, form) and accepted(form, lambda: made.append(_formed(request, form))):
        return _done(request, made[0])
    return form_page(request, "village-group", form, {})


def _may_in(request: Request, form: VillageGroupForm) -> bool:
    if not may_register(request.actor, form.cleaned_data["village"].code):
        form.add_error("village", _("You register organisations of another area. Choose a village there."))
    return not form.errors


def _formed(request: Request, form: VillageGroupForm) -> Organisation:
    given = form.cleaned_data
    return form_village_group(
        request.actor,
        name=given["name"],
        village=given["village"],
        founded=given["founded"],
        decree=form.decree(),
        divisions=[LocalizedText(text) for text in given["divisions"]],
        board=form.board(),
        id=given["key"],
        now=timezone.now(),
    )
