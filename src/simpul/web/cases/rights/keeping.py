"""How long a case is kept, whether it may be used, and its end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.life import today_of
from simpul.cases.queries.cases import Case
from simpul.cases.queries.keeping import Keep, groups_coordinated, keep_of, rules_of
from simpul.cases.rights_kinds import SATISFY
from simpul.cases.rules.rights import require_disposing
from simpul.cases.rules.sight import may
from simpul.cases.services.keeping import (
    erase_case,
    extend_keeping,
    hold_case,
    lift_restriction,
    release_case,
    restrict_case,
)
from simpul.cases.services.retention import set_retention
from simpul.cases.stages import COORDINATE
from simpul.kernel.errors import Denied
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.pages import coordinated, one_of, opened
from simpul.web.cases.desk.panels import zone_of
from simpul.web.cases.rights.forms import EraseForm, ExtendForm, ReasonForm, RuleForm
from simpul.web.cases.rights.keeping_panels import keep_rows, rule_rows, stop_words, stops_of
from simpul.web.cases.rights.pages import form_about
from simpul.web.cases.rights.wording import erasing
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _back(case: Case) -> str:
    return reverse("rights:case", args=[case.pk])


def _opened(request: Request, case_id: UUID, page: str) -> Case:
    """For the coordinator: NotFound out of sight, Denied for who only helps in it."""
    return coordinated(request, case_id, page)


@signed_in
@form_page
def case(request: Request, case_id: UUID) -> HttpResponse:
    """Until when it is kept, what stands in the way of erasing it, whether it may be used."""
    found, now = _opened(request, case_id, "keeping"), timezone.now()
    keep = keep_of(found, on=today_of(found, now))
    if request.method == "POST":
        return _undo(request, found, keep, now)
    context = {
        "case": found,
        "keep": keep,
        "rows": keep_rows(found, keep),
        "zone": zone_of(found),
        "stops": stops_of(keep),
        "all_stopped": any(row.party_id is None for row in keep.restrictions),
        "may_satisfy": may(request.actor, (SATISFY,), found),
    }
    return private(render(request, "rights/case.html", context))


def _undo(request: Request, found: Case, keep: Keep, now: datetime) -> HttpResponse:
    """The hold is released: nothing else is undone by a single press."""
    if keep.hold is not None and "lepas" in request.POST:
        release_case(request.actor, keep.hold, now=now)
        messages.success(request, _("Saved."))
    return private(redirect("rights:case", found.pk))


@signed_in
@form_page
def restrict(request: Request, case_id: UUID) -> HttpResponse:
    """The use of the whole case is stopped. Pressed twice, it is stopped once."""
    found, form = opened(request, case_id, "restrict"), ReasonForm(sent(request))
    require_disposing(request.actor, found, now=timezone.now())
    return form_about(
        request,
        form,
        lambda: restrict_case(request.actor, found, **form.cleaned_data, now=timezone.now()),
        title=_("Stop the use for now"),
        said=_("Saved."),
        back=_back(found) if may(request.actor, (COORDINATE,), found) else reverse("cases:case", args=[found.pk]),
        lead=_("Their data are kept and not used: no service, no referral, and offices see nothing of it any more."),
    )


@signed_in
@form_page
def use(request: Request, case_id: UUID, key: UUID) -> HttpResponse:
    """One stop is lifted, and no other: each was asked for by somebody, who alone can agree again."""
    found, form = _opened(request, case_id, "restrict"), ReasonForm(sent(request))
    row = one_of(found.restrictions.select_related("party"), str(key))
    return form_about(
        request,
        form,
        lambda: lift_restriction(request.actor, row, **form.cleaned_data, now=timezone.now()),
        title=_("Use it again"),
        said=_("Saved."),
        back=_back(found),
        lead=" ".join((stop_words(row), _("Write down when and how they said that they agree again."))),
    )


@signed_in
@form_page
def hold(request: Request, case_id: UUID) -> HttpResponse:
    found, form = _opened(request, case_id, "hold"), ReasonForm(sent(request))
    return form_about(
        request,
        form,
        lambda: hold_case(request.actor, found, **form.cleaned_data, now=timezone.now()),
        title=_("A legal process needs it"),
        said=_("Saved."),
        back=_back(found),
        lead=_("While this stands nothing of the case is erased, whoever asks and however old it is."),
    )


@signed_in
@form_page
def extend(request: Request, case_id: UUID) -> HttpResponse:
    found, form = _opened(request, case_id, "extend"), ExtendForm(sent(request))
    return form_about(
        request,
        form,
        lambda: extend_keeping(request.actor, found, **form.given(), now=timezone.now()),
        title=_("Keep it longer"),
        said=_("Saved."),
        back=_back(found),
    )


@signed_in
@form_page
def erase(request: Request, case_id: UUID) -> HttpResponse:
    """What goes, what stays for counts, what nobody can call back: read before the button is pressed."""
    found, form = _opened(request, case_id, "erase"), EraseForm(sent(request))

    def act() -> None:
        erase_case(request.actor, found, ground=form.cleaned_data["ground"], now=timezone.now())

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Erased. What counts need of it is kept, without anybody in it."))
        return private(redirect("cases:list"))
    context = {"case": found, "form": form, "told": erasing(of_all=True), "back": _back(found)}
    return private(render(request, "rights/erase.html", context, status=422 if form.errors else 200))


@signed_in
@form_page
def rules(request: Request) -> HttpResponse:
    """How long the cases of one's group are kept after their end: what is in force, and a new rule."""
    groups = {str(group.pk): group for group in groups_coordinated(request.actor)}
    if not groups:
        raise Denied(COORDINATE)
    form = RuleForm([(key, group.name) for key, group in groups.items()], sent(request))

    def act() -> None:
        told: dict[str, Any] = form.given()
        set_retention(request.actor, groups[told.pop("group")], **told, now=timezone.now())

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Saved."))
        return private(redirect("rights:keeping-rules"))
    shown = [(group, rule_rows(rules_of(group, on=timezone.localdate()))) for group in groups.values()]
    return private(render(request, "rights/rules.html", {"form": form, "groups": shown}, status=_status(form)))


def _status(form: RuleForm) -> int:
    return 422 if form.errors else 200
