"""The deadlines of a group: standards of its own, and whether the law's three days bind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.dues import HELPING, POLICE
from simpul.cases.queries.closing import desk_for
from simpul.cases.referral_clocks import ANSWER_DUE, FOLLOW_UP
from simpul.deadlines.models import ClockRule
from simpul.deadlines.queries import decided_for, rule_for, rules_for
from simpul.deadlines.services.setting import RuleText, configure_rule, end_rule
from simpul.deadlines.units import Binding
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.names import zone_of
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.rules.deadline_forms import BindingForm, EndForm, StandardForm
from simpul.web.cases.rules.deadline_panels import card_of
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

# Standards something runs by: our own answer to a report, an office's answer to a referral, by whose measure it may be.
STANDARDS: Final = (HELPING, ANSWER_DUE, "D03.1", "D03.2", FOLLOW_UP)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def overview(request: Request, organisation_id: UUID) -> HttpResponse:
    """What binds, what the group set itself, and what it may still add; the law's own page is for everybody."""
    group, _rules = desk_for(request.actor, organisation_id)
    decided = decided_for(request.actor, group)
    rules = {rule.code: rule for rule in rules_for(request.actor, group, on=_today(group))}
    cards = {code: card_of(rules[code], decided.get(code, ())) for code in (POLICE, *STANDARDS)}
    context = {
        "organisation": group,
        "law": cards[POLICE],
        "standards": [cards[code] for code in STANDARDS if cards[code].ends],
        "others": [cards[code] for code in STANDARDS if not cards[code].ends],
    }
    return render(request, "deskrules/deadlines.html", context)


@signed_in
@form_page
def standard(request: Request, organisation_id: UUID, code: str) -> HttpResponse:
    """Taken over, or changed: a version from a day on. What runs by the one before keeps it."""
    group, rule = _standard(request, organisation_id, code)
    form = StandardForm(rule, sent(request), initial={"valid_from": _today(group)})

    def act() -> None:
        told = form.given()
        configure_rule(
            request.actor, code, organisation=group, says=form.text(), valid_from=told["valid_from"],
            reason=told["reason"], now=timezone.now(), id=told["id"],
        )  # fmt: skip

    lead = _("A standard or an agreement is never shown as law. It holds for what begins from that day on.")
    return _asked(request, group, form, act, rule=rule, lead=lead)


@signed_in
@form_page
def end(request: Request, organisation_id: UUID, code: str) -> HttpResponse:
    group, rule = _standard(request, organisation_id, code)
    if not rule.in_use:
        raise NotFound("deadlines.clockrule")
    form = EndForm(sent(request), initial={"valid_from": _today(group)})
    act = lambda: end_rule(request.actor, code, organisation=group, **form.given(), now=timezone.now())  # noqa: E731
    lead = _("From that day on it starts no more. What runs already runs to its end.")
    return _asked(request, group, form, act, rule=rule, lead=lead, button=_("End it"))


@signed_in
@form_page
def binding(request: Request, organisation_id: UUID) -> HttpResponse:
    """Whether a village group is a provider the law means is for the group to settle; the hours run either way (R2)."""
    group, _rules = desk_for(request.actor, organisation_id)
    rule = rule_for(request.actor, POLICE, group, on=_today(group))
    form = BindingForm(sent(request), initial={"valid_from": _today(group), "binding": rule.binding})

    def act() -> None:
        told = form.given()
        changed = replace(RuleText.of(rule), binding=Binding(told.pop("binding")))
        configure_rule(request.actor, POLICE, organisation=group, says=changed, **told, now=timezone.now())

    lead = _("The three days run and are shown either way. What you settle here stands beside them.")
    return _asked(request, group, form, act, rule=rule, lead=lead)


def _standard(request: Request, organisation_id: UUID, code: str) -> tuple[Organisation, ClockRule]:
    """NotFound for a desk that is not theirs, and for what is no standard: the law is not among them."""
    group, _rules = desk_for(request.actor, organisation_id)
    if code not in STANDARDS:
        raise NotFound("deadlines.clockrule")
    return group, rule_for(request.actor, code, group, on=_today(group))


def _asked(
    request: Request,
    group: Organisation,
    form: forms.Form,
    act: Callable[[], object],
    *,
    rule: ClockRule,
    lead: str,
    button: str = "",
) -> HttpResponse:
    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Saved."))
        return redirect("deskrules:deadlines", group.pk)
    context = {
        "organisation": group,
        "form": form,
        "card": card_of(rule, ()),
        "lead": lead,
        "button": button or _("Save"),
    }
    return render(request, "deskrules/deadline.html", context, status=422 if form.errors else 200)


def _today(group: Organisation) -> date:
    return local_date(timezone.now(), zone_of(group.seat_id) if group.seat_id else Zone.WIB)
