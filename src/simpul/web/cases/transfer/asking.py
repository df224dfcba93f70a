"""A case to be handed over, as the group that keeps it prepares it, asks, and takes it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.consent_kinds import Basis, transfer_to
from simpul.cases.queries.cases import Case
from simpul.cases.queries.transfer_receivers import receivers_for
from simpul.cases.queries.transfers import Transfer, told_of, transfer_for, unasked_of
from simpul.cases.referral_fields import SharedField
from simpul.cases.rules.sight import may
from simpul.cases.services.transfers import ask_transfer, draft_transfer, revoke_transfer
from simpul.cases.stages import COORDINATE
from simpul.cases.transfer_kinds import OPEN_TRANSFERS, TransferState
from simpul.cases.transfer_writing import TOLD_BEFORE
from simpul.deadlines.queries import clocks_for
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.checking import check_page, goes_back, is_sure, would_be_taken
from simpul.web.cases.desk.pages import opened, recorded
from simpul.web.cases.desk.panels import zone_of
from simpul.web.cases.desk.whom import choices_of
from simpul.web.cases.transfer.forms import AskForm, DraftForm
from simpul.web.cases.transfer.panels import TONES, told_rows
from simpul.web.components import Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, case_id: UUID) -> HttpResponse:
    """To whom, why, and what they read first. Nothing leaves the group yet."""
    case, made = recorded(request, case_id, "transfer"), list[Transfer]()
    there = {str(one.pk): one for one in receivers_for(request.actor, case, now=timezone.now())}
    initial = {"fields_told": [field.value for field in TOLD_BEFORE]}
    form = DraftForm([(key, one.name) for key, one in there.items()], sent(request), initial=initial)
    if request.method == "POST" and accepted(form, lambda: made.append(_drafted(request, case, form, there))):
        return private(redirect("transfer:one", made[0].pk))
    context = {"case": case, "form": form, "there": there}
    return private(render(request, "transfer/draft.html", context, status=422 if form.errors else 200))


def _drafted(request: Request, case: Case, form: DraftForm, there: dict[str, Any]) -> Transfer:
    told = form.given()
    to, fields = there[told.pop("to")], told.pop("fields_told")
    return draft_transfer(request.actor, case, to=to, fields=fields, **told, now=timezone.now())


@signed_in
@require_safe
def transfer(request: Request, key: UUID) -> HttpResponse:
    return _page(request, _found(request, key))


@signed_in
@require_POST
def ask(request: Request, key: UUID) -> HttpResponse:
    """Once they take it, it can't be taken back: asked after a second yes."""
    found, form = _found(request, key), AskForm(request.POST)
    act = lambda: ask_transfer(request.actor, found, **form.cleaned_data, now=timezone.now())  # noqa: E731
    if goes_back(request):
        return _page(request, found, status=200, ask_form=form)
    if not is_sure(request) and would_be_taken(form, act):
        return _sure_to_ask(request, found, form)
    if is_sure(request) and accepted(form, act):
        return _back(request, key, _("They are asked. Call them too: a voice is faster."))
    return _page(request, found, ask_form=form)


def _sure_to_ask(request: Request, found: Transfer, form: AskForm) -> HttpResponse:
    why = form.cleaned_data["reason"]
    rows = [
        Row(_("Case"), found.former_code),
        Row(_("Who takes it over"), found.to_organisation.name),
        Row(_("What they read before they answer"), found.summary.open()),
        *_to_be_told(found),
        Row(_("By what right is it handed over?"), Basis(form.cleaned_data["basis"]).label),
        *([Row(_("Why?"), why)] if why else []),
    ]
    then = _(
        "They are told at once. The moment they take it, your group doesn't see the case any more, and can't take it "
        "back."
    )
    title, button = _("Do you ask them to take it over?"), _("Yes, ask them")
    back = reverse("transfer:one", args=[found.pk])
    return check_page(request, title=title, rows=rows, then=then, button=button, back=back)


@signed_in
@require_POST
def revoke(request: Request, key: UUID) -> HttpResponse:
    revoke_transfer(request.actor, _found(request, key), now=timezone.now())
    return _back(request, key, _("It stays with your group. They see nothing of it any more."))


def _found(request: Request, key: UUID) -> Transfer:
    """With this look at its case in the log."""
    found = transfer_for(request.actor, key, now=timezone.now())
    found.case = opened(request, found.case_id, "transfer")
    return found


def _back(request: Request, key: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return private(redirect("transfer:one", key))


def _page(request: Request, found: Transfer, *, status: int = 0, **forms: Any) -> HttpResponse:
    """What must happen next first: asking the person, asking the other organisation, or waiting."""
    is_draft = found.state == TransferState.DRAFT
    context = {
        "transfer": found,
        "case": found.case,
        "stage": TransferState(found.state).label,
        "tone": TONES[found.state],
        "summary_words": found.summary.open(),
        "reason_words": found.reason.open(),
        "refusal": found.words.open() if found.words else "",
        "fields": _to_be_told(found),
        "told": told_rows(told_of(found)),
        "unasked": _unasked(request, found) if is_draft else [],
        "clock": next(iter(clocks_for([found.ref])[found.ref]), None),
        "zone": zone_of(found.case),
        "is_open": found.state in OPEN_TRANSFERS,
        "may_coordinate": may(request.actor, (COORDINATE,), found.case),
        "ask_form": AskForm(),
        **forms,
    }
    status = status or (422 if any(form.errors for form in forms.values()) else 200)
    return private(render(request, "transfer/one.html", context, status=status))


def _to_be_told(found: Transfer) -> list[Row]:
    words = ", ".join(str(SharedField(field).label) for field in found.fields)
    return [Row(_("Of each person"), words)] if words else []


def _unasked(request: Request, found: Transfer) -> list[tuple[str, str]]:
    purpose = transfer_to(found.to_organisation_id)
    return choices_of(found.case, unasked_of(request.actor, found, purpose=purpose, now=timezone.now()))
