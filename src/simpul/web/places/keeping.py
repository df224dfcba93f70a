"""Keeping the entries of services: adding, changing, checking, closing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation, ServicePoint
from simpul.organisations.queries.service_points import service_point_for
from simpul.organisations.rules.organisations import within
from simpul.organisations.rules.service_points import authorise_point
from simpul.organisations.services.service_points import (
    add_service_point,
    change_service_point,
    close_service_point,
    verify_service_point,
)
from simpul.territory.models import Area
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.versions import save
from simpul.web.http import Request
from simpul.web.places.forms import CloseForm, NewPointForm, PointForm, VerifyForm
from simpul.web.places.points import MANAGE, VERIFY


@signed_in
def add(request: Request) -> HttpResponse:
    owners = _keepers(request)
    data = request.POST if request.method == "POST" else None
    form = NewPointForm(data, owners=owners, initial={"key": uuid7(), "address_public": True})
    if form.is_valid() and (made := _added(request, form)):
        messages.success(request, _("The service is in the list. Check it again within half a year."))
        return redirect("places:point", made.pk)
    return render(request, "places/point-form.html", {"form": form}, status=422 if form.errors else 200)


def _keepers(request: Request) -> dict[str, str]:
    """Organisations the actor may keep entries for: of their own, the reach beyond is for mending, not for adding."""
    scope = request.actor.scope(MANAGE)
    if not scope:
        raise Denied(MANAGE)
    rows = Organisation.objects.filter(within(scope), pk__in=scope.organisations()).order_by("sort_key")
    return {str(row.pk): row.name for row in rows}


def _added(request: Request, form: NewPointForm) -> ServicePoint | None:
    given = form.values()
    del given["seat"]
    owner = Organisation.objects.get(pk=form.cleaned_data["owner"])
    try:
        return add_service_point(
            request.actor,
            owner,
            kind=given.pop("kind"),
            name=given.pop("name"),
            areas=_areas(given.pop("areas")),
            seat=form.cleaned_data["seat"],
            details=given,
            id=form.cleaned_data["key"],
            now=timezone.now(),
        )
    except (Invalid, Conflict) as refusal:
        _refuse(form, refusal)
        return None


def _refuse(form: Any, refusal: Invalid | Conflict) -> None:
    """The service says "areas", the form asks for them in fields of their own."""
    if isinstance(refusal, Invalid) and refusal.field == "areas":
        form.add_error("area", str(refusal.message))
    else:
        refuse(form, refusal)


@signed_in
def change(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, MANAGE, key)
    served = {s.area_id: s.area.title for s in row.served_areas.select_related("area").order_by("area_id")}
    form = PointForm.of(row, request.POST if request.method == "POST" else None, served=served)
    if form.is_valid():
        if met := save(form, lambda: ServicePoint.objects.get(pk=row.pk), _writer(request, row), served=served):
            back = reverse("places:point", args=[row.pk])
            context = {"meeting": met, "name": row.name, "action": request.path, "back": back}
            return render(request, "editing/conflict.html", context, status=409)
        if not form.errors:
            messages.success(request, _("Saved. Changing is not checking: say so when you have checked it."))
            return redirect("places:point", row.pk)
    context = {"form": form, "point": row, "seen": form.seen(row, served=served)}
    return render(request, "places/point-form.html", context, status=422 if form.errors else 200)


def _kept(request: Request, permission: str, key: UUID) -> ServicePoint:
    """The entry, for who may do this to it: 404 where it is out of sight, 403 where it is not theirs to keep."""
    row = service_point_for(request.actor, key, today=local_date(timezone.now(), Zone.WIB)).point
    authorise_point(request.actor, permission, row)
    return row


def _areas(codes: list[str]) -> list[Area]:
    return list(Area.objects.filter(pk__in=codes))


def _writer(request: Request, row: ServicePoint) -> Callable[[dict[str, Any], int], object]:
    def write(changes: dict[str, Any], seen_version: int) -> ServicePoint:
        given: dict[str, Any] = {}
        if "areas" in changes:
            given["areas"] = _areas(changes.pop("areas"))
        if "seat" in changes:
            given["seat"] = Area.objects.filter(pk=changes.pop("seat")).first()
        return change_service_point(
            request.actor, row, changes=changes, seen_version=seen_version, now=timezone.now(), **given
        )

    return write


@signed_in
def verify(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, VERIFY, key)
    form = VerifyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verify_service_point(request.actor, row, method=form.cleaned_data["method"], now=timezone.now())
        messages.success(request, _("Thank you. People now see that this was checked today."))
        return redirect("places:point", row.pk)
    return render(request, "places/point-verify.html", {"form": form, "point": row}, status=422 if form.errors else 200)


@signed_in
def close(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, MANAGE, key)
    form = CloseForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if form.is_valid() and _closed(request, row, form):
        messages.success(request, _("Nobody is sent there any more."))
        return redirect("places:point", row.pk)
    return render(request, "places/point-close.html", {"form": form, "point": row}, status=422 if form.errors else 200)


def _closed(request: Request, row: ServicePoint, form: CloseForm) -> bool:
    day, version = form.cleaned_data["closed_on"], form.cleaned_data["version"]
    try:
        close_service_point(request.actor, row, closed_on=day, seen_version=version, now=timezone.now())
    except (Invalid, Conflict) as refusal:
        refuse(form, refusal)
    return not form.errors
