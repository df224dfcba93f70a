"""The applicant's pages: no account, and nothing of them in an address, a session or a log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.tidings import tell_of_answer, tell_of_application
from simpul.kernel.errors import NotFound
from simpul.organisations.admission import OPEN, Act, ApplicationState
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.queries.applications import (
    alike_in_directory,
    application_by_receipt,
    call_of,
    steps_of,
)
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import KIND
from simpul.organisations.services.applicants import reply_to_network
from simpul.organisations.services.applications import submit_application
from simpul.territory.queries import path_of
from simpul.web.accounts.guards import private
from simpul.web.components import Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.editing.versions import typed
from simpul.web.http import Request
from simpul.web.joining.forms import ApplyForm, ReceiptForm, ReplyForm
from simpul.web.joining.panels import events

STEP, SEND, AGAIN, US = "langkah", "kirim", "ubah", "kami"


def apply(request: Request, key: UUID) -> HttpResponse:
    """Typed, read over, sent; sent again it is the same application. The receipt is shown once it is in."""
    network = organisation_for(request.actor, key)
    if (open_call := call_of(network)) is None and request.method != "POST":
        return render(request, "joining/closed.html", {"network": network})
    form = ApplyForm(sent(request), initial={"number": ApplyForm.drawn()})
    step = request.POST.get(STEP)
    if step == SEND and accepted(form, lambda: _submitted(request, network, form)):
        return _done(request, network, form)
    if step not in {SEND, AGAIN} and form.is_valid():
        return private(render(request, "joining/check.html", _read_over(request, network, form)))
    context = {"network": network, "form": form, "call": open_call, "again": step == AGAIN}
    return private(render(request, "joining/apply.html", context, status=422 if _wrong(form, step) else 200))


def _wrong(form: ApplyForm, step: str | None) -> bool:
    return step != AGAIN and bool(form.errors)


def _submitted(request: Request, network: Organisation, form: ApplyForm) -> MembershipApplication:
    applicant, now = _claimed(request), timezone.now()
    sent_in = submit_application(request.actor, network, applicant=applicant, now=now, **form.said())
    tell_of_application(sent_in, now=now)
    return sent_in


def _claimed(request: Request) -> Organisation | None:
    """The organisation of the directory that the sender says it is."""
    asked = request.POST.get(US, "")
    if not asked:
        return None
    try:
        return organisation_for(request.actor, UUID(asked))
    except ValueError as error:
        raise NotFound(KIND) from error


def _read_over(request: Request, network: Organisation, form: ApplyForm) -> dict[str, Any]:
    given = form.cleaned_data
    alike = alike_in_directory(request.actor, given["name"], given["acronym"])
    return {"network": network, "rows": _rows(given), "typed": typed(request.POST), "alike": alike}


def _rows(given: Mapping[str, Any]) -> list[Row]:
    reached = " · ".join(text for text in (given["contact_phone"], given["contact_email"]) if text)
    return [
        Row(_("Kind"), OrganisationKind(given["kind"]).label),
        Row(_("Name of the organisation"), given["name"]),
        Row(_("Short name"), given["acronym"]),
        Row(_("Where is its office?"), path_of(given["seat"].code) if given["seat"] else ""),
        Row(_("What does it do, for whom?"), given["does"]),
        Row(_("Why do you want to join?"), given["hopes"]),
        Row(_("Whom may we ask?"), " · ".join(t for t in (given["contact_name"], given["contact_position"]) if t)),
        Row(_("How to reach them"), reached),
    ]


def _done(request: Request, network: Organisation, form: ApplyForm) -> HttpResponse:
    context = {"network": network, "receipt": form.cleaned_data["receipt"]}
    return private(render(request, "joining/done.html", context))


def receipt(request: Request) -> HttpResponse:
    """How far an application has come, for who has its number. It is typed each time and sent in the body alone."""
    form = ReceiptForm(sent(request))
    found = _found(form)
    if found is None:
        return private(render(request, "joining/receipt.html", {"form": form}, status=422 if form.errors else 200))
    step = request.POST.get(STEP)
    reply = ReplyForm(request.POST if step == Act.ANSWER else None)
    said = step in {Act.ANSWER, Act.WITHDRAW} and _replied(request, found, reply, act=step)
    if said:
        found, reply = application_by_receipt(form.cleaned_data["receipt"]), ReplyForm()
    context = {**_state(found), "receipt": form.cleaned_data["receipt"], "reply": reply, "said": said}
    return private(render(request, "joining/state.html", context, status=422 if reply.errors else 200))


def _found(form: ReceiptForm) -> MembershipApplication | None:
    if not form.is_valid():
        return None
    try:
        return application_by_receipt(form.cleaned_data["receipt"])
    except NotFound:
        form.add_error("receipt", _("We know no application by this number. Compare it letter by letter."))
        return None


def _replied(request: Request, found: MembershipApplication, reply: ReplyForm, *, act: str) -> bool:
    """Whether what was sent with the number was taken. A withdrawal needs no words, and so no form."""
    form: forms.Form = reply if act == Act.ANSWER else ReceiptForm(request.POST)
    number = request.POST.get("receipt", "")
    words = request.POST.get("words", "") if act == Act.ANSWER else ""

    def reply_and_tell() -> None:
        now = timezone.now()
        step = reply_to_network(request.actor, found, receipt=number, act=act, words=words, now=now)
        if act == Act.ANSWER:
            tell_of_answer(found, step.number, now=now)

    return accepted(form, reply_and_tell)


def _state(found: MembershipApplication) -> dict[str, Any]:
    steps = steps_of(found)
    last, words = steps[-1]
    return {
        "application": found,
        "events": events(steps, for_applicant=True),
        "state": ApplicationState(found.state),
        "words": words if last.act != Act.ANSWER else "",
        "asked": found.state == ApplicationState.ASKED,
        "is_open": found.state in OPEN,
        "network_page": reverse("organisations:profile", args=[found.network_id]),
    }
