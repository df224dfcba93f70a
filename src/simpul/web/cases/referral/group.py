"""Referrals as the group makes them, sends them, and follows what becomes of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.cases import Case, case_for, parties_of
from simpul.cases.queries.referrals import (
    Referral,
    history_of,
    lost_consent,
    open_referrals_for,
    recipients_of,
    referral_for,
    referrals_of,
    unanswered_for,
    valid_link_of,
)
from simpul.cases.referral_fields import SharedField
from simpul.cases.referral_life import RECORD, ReferralStage
from simpul.cases.relations import PartyRole
from simpul.cases.services.referrals import draft_referral, finish_referral, revoke_referral, send_referral
from simpul.cases.stages import COORDINATE
from simpul.deadlines.queries import clocks_for
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.organisations.queries.service_points import service_point_for, service_points_for
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.whom import choices_of, need_choices, open_needs
from simpul.web.cases.referral.forms import USUAL, DraftForm, ReasonForm, SendForm
from simpul.web.cases.referral.panels import TONES, delivery_rows, events, shared_rows, tasks
from simpul.web.components import Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

SHOWN = 100
UNANSWERED = frozenset({ReferralStage.SENT, ReferralStage.UNANSWERED})


@signed_in
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Every referral that has not come back yet, the newest first; `?yang=menunggu`: of them those without a yes or no;
    all of one case where it is named.
    """
    if not (request.actor.may(RECORD) or request.actor.may(COORDINATE)):
        raise Denied(RECORD)
    now, named = timezone.now(), request.GET.get("kasus")
    case = case_for(request.actor, _key(named), now=now) if named else None
    unanswered = request.GET.get("yang") == "menunggu"
    if case is not None:
        rows = referrals_of(request.actor, case, now=now)
    else:
        rows = (unanswered_for if unanswered else open_referrals_for)(request.actor, now=now)
    found = tasks(rows[:SHOWN], lambda row: reverse("referral:one", args=[row.pk]))
    return private(render(request, "referral/list.html", {"tasks": found, "case": case, "unanswered": unanswered}))


def _key(text: str) -> UUID:
    """NotFound for what is no key, as for the key of nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("cases.case") from None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, case: UUID) -> HttpResponse:
    """Whom, where to, what is asked, what may be seen. Nothing leaves the group yet."""
    found, made = case_for(request.actor, case, now=timezone.now()), list[Referral]()
    form = _draft_form(request, found)
    if request.method == "POST" and accepted(form, lambda: made.append(_drafted(request, found, form))):
        return private(redirect("referral:one", made[0].pk))
    context = {"case": found, "form": form}
    return private(render(request, "referral/draft.html", context, status=422 if form.errors else 200))


def _draft_form(request: Request, case: Case) -> DraftForm:
    now = timezone.now()
    people = parties_of(request.actor, case, now=now).filter(role=PartyRole.VICTIM)
    labels = choices_of(case, people)
    needs = need_choices(open_needs(request.actor, case, now=now), labels)
    near = service_points_for(request.actor, case.area_id, today=local_date(now, case.area.zone))
    offices = [(str(one.point.pk), one.point.name) for one in near]
    initial = {"key": uuid7(), "shared": [field.value for field in USUAL]}
    return DraftForm(sent(request), parties=labels, needs=needs, offices=offices, initial=initial)


def _drafted(request: Request, case: Case, form: DraftForm) -> Referral:
    data, now = form.cleaned_data, timezone.now()
    party = parties_of(request.actor, case, now=now).get(pk=data["party"])
    point = service_point_for(request.actor, UUID(data["service_point"]), today=local_date(now, case.area.zone)).point
    return draft_referral(
        request.actor, case, party, point, request=data["request"], fields=data["shared"],
        urgent=data["urgent"], carried=data["carried"],
        need=open_needs(request.actor, case, now=now).get(data["need"]), id=data["key"], now=now,
    )  # fmt: skip


@signed_in
@require_safe
def referral(request: Request, key: UUID) -> HttpResponse:
    return _page(request, referral_for(request.actor, key, now=timezone.now()))


@signed_in
@require_POST
def send(request: Request, key: UUID) -> HttpResponse:
    form = SendForm(request.POST)
    found = referral_for(request.actor, key, now=timezone.now())
    if accepted(form, lambda: send_referral(request.actor, found, **form.cleaned_data, now=timezone.now())):
        return _back(request, key, _("It is sent. Now make a link or a letter if the office has no account."))
    return _page(request, found, send_form=form)


@signed_in
@require_POST
def revoke(request: Request, key: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    found = referral_for(request.actor, key, now=timezone.now())
    if accepted(form, lambda: revoke_referral(request.actor, found, **form.cleaned_data, now=timezone.now())):
        return _back(request, key, _("It is withdrawn. The office sees nothing of it any more."))
    return _page(request, found, revoke_form=form)


@signed_in
@require_POST
def finish(request: Request, key: UUID) -> HttpResponse:
    found = referral_for(request.actor, key, now=timezone.now())
    finish_referral(request.actor, found, now=timezone.now())
    return _back(request, key, _("Finished. The office sees nothing of it any more."))


def _back(request: Request, key: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return private(redirect("referral:one", key))


def _page(request: Request, found: Referral, **forms: Any) -> HttpResponse:
    """What must happen next comes first: sending, a way in, or the end; what was said below."""
    zone = found.case.area.zone
    context = {
        "referral": found,
        "stage": ReferralStage(found.stage).label,
        "tone": TONES[found.stage],
        "request_words": found.request.open(),
        "fields": [Row(SharedField(field).label, _("yes")) for field in found.fields],
        "rows": shared_rows(found.shared.open() if found.shared else {}),
        "events": events(history_of(found), zone, named=True),
        "delivery": delivery_rows(recipients_of(found), zone, waits=found.stage in UNANSWERED),
        "link": valid_link_of(found),
        "clock": next(iter(clocks_for([found.ref])[found.ref]), None),
        "zone": zone,
        "lost": lost_consent(found, now=timezone.now()),
        "can_finish": found.stage in (ReferralStage.ACCEPTED, ReferralStage.FED_BACK),
        "may_print": not found.case.protected or found.carried,
        "send_form": SendForm(),
        "revoke_form": ReasonForm(),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return private(render(request, "referral/one.html", context, status=status))
