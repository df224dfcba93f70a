"""What a receipt opens: how far it is, the conversation, taking it back, saying what came of it, objecting.

The receipt is typed or carried in the body of each post: it is in no address, no cookie and no session.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.cases.complaint_drafting import keep_answers
from simpul.cases.complaint_kinds import Secret
from simpul.cases.complaint_pacing import note_wrong, turn_for
from simpul.cases.complaint_receipts import grouped, new_key, plain, unlisted
from simpul.cases.queries.complaints import OpenedSecret, secret_by_receipt
from simpul.cases.services.complaint_decisions import withdraw_complaint
from simpul.cases.services.complaint_talk import confirm_outcome, leave_with_trusted, write_to_desk
from simpul.cases.services.satisfaction import give_face
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import private
from simpul.web.cases.complaint.cookies import keep_key, keep_tries, wrong_tries
from simpul.web.cases.complaint.forms import FaceForm, OutcomeForm, ReceiptForm, WriteForm
from simpul.web.cases.complaint.telling import tell_of_message
from simpul.web.cases.complaint.views import NOBODY
from simpul.web.cases.complaint.wording import state_of
from simpul.web.http import Request


def receipt(request: Request) -> HttpResponse:
    """Ask for the receipt; let it wait where many were wrong; then its page, or one thing done on it."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, form, 422 if form.errors else 200)
    typed, now = plain(form.cleaned_data["receipt"]), timezone.now()
    if not typed:
        form.add_error("receipt", _misread(form.cleaned_data["receipt"]))
        return _asked(request, form, 422)
    return _tried(request, form, typed, now)


def _misread(typed: str) -> str:
    if words := unlisted(typed):
        return _("Not one of our words: %(words)s. Compare it letter by letter.") % {"words": ", ".join(words)}
    return _("A receipt is sixteen digits, or four words. Compare it with what you wrote down.")


def _tried(request: Request, form: ReceiptForm, typed: str, now: datetime) -> HttpResponse:
    wrong = wrong_tries(request)
    try:
        turn = turn_for(typed, ticket=request.POST.get("giliran", ""), wrong_here=wrong, now=now)
    except Conflict as busy:
        form.add_error("receipt", str(busy.message))
        return _asked(request, form, 422)
    if turn.wait:
        context = {"wait": turn.wait, "ticket": turn.ticket, "receipt": form.cleaned_data["receipt"]}
        return private(render(request, "complaint/wait.html", context, status=429))
    try:
        opened = secret_by_receipt(typed)
    except NotFound:
        return _wrong(request, form, typed, wrong, now)
    return _opened(request, opened, typed, now)


def _wrong(request: Request, form: ReceiptForm, typed: str, wrong: int, now: datetime) -> HttpResponse:
    note_wrong(typed, now=now)
    form.add_error("receipt", _("We know no receipt like this. Compare it with what you wrote down, one by one."))
    response = _asked(request, form, 422)
    keep_tries(response, wrong + 1)
    return response


def _asked(request: Request, form: ReceiptForm, status: int) -> HttpResponse:
    return private(render(request, "complaint/receipt.html", {"form": form}, status=status))


def _opened(request: Request, secret: OpenedSecret, typed: str, now: datetime) -> HttpResponse:
    act = request.POST.get("langkah", "")
    if act == "keberatan" and secret.kind != Secret.TRUSTED:
        return _objecting(secret, now)
    context: dict[str, Any] = {
        "write": WriteForm(initial={"id": uuid7()}),
        "outcome": OutcomeForm(),
        "felt": FaceForm(),
    }
    if act in ACTS:
        context |= ACTS[act](request, secret, now)
        secret = secret_by_receipt(typed)
    wrong = any(form.errors for form in (context["write"], context["outcome"], context["felt"])) or "refused" in context
    context |= {"receipt": typed, "own": secret.kind != Secret.TRUSTED, **state_of(secret)}
    response = private(render(request, "complaint/status.html", context, status=422 if wrong else 200))
    if wrong_tries(request):
        keep_tries(response, 0)
    return response


def _write(request: Request, secret: OpenedSecret, now: datetime) -> dict[str, Any]:
    form = WriteForm(request.POST)
    if not form.is_valid():
        return {"write": form}
    try:
        said = write_to_desk(NOBODY, secret, id=form.cleaned_data["id"], words=form.cleaned_data["words"], now=now)
    except (Invalid, Conflict) as refusal:
        form.add_error("words", str(refusal.message))
        return {"write": form}
    tell_of_message(secret.complaint_id, said.number, now=now)
    return {"said": _("It has arrived. Look here again for the answer.")}


def _leave(request: Request, secret: OpenedSecret, now: datetime) -> dict[str, Any]:  # noqa: ARG001 - one shape
    return {"trusted": grouped(leave_with_trusted(NOBODY, secret, now=now))}


def _withdraw(request: Request, secret: OpenedSecret, now: datetime) -> dict[str, Any]:  # noqa: ARG001
    try:
        withdraw_complaint(NOBODY, secret, id=uuid7(), now=now)
    except Conflict as refusal:
        return {"refused": refusal.message}
    return {}


def _confirm(request: Request, secret: OpenedSecret, now: datetime) -> dict[str, Any]:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return {"outcome": form}
    try:
        confirm_outcome(NOBODY, secret, solved=form.cleaned_data["solved"], now=now)
    except (Invalid, Conflict) as refusal:
        form.add_error("solved", str(refusal.message))
        return {"outcome": form}
    return {"said": _("Thank you. It helps us to do better.")}


def _feel(request: Request, secret: OpenedSecret, now: datetime) -> dict[str, Any]:
    """One face for each receipt, changed as often as they like."""
    form = FaceForm(request.POST)
    if not form.is_valid():
        return {"felt": form}
    receipt = plain(request.POST.get("receipt", ""))
    try:
        give_face(NOBODY, secret, receipt=receipt, face=form.cleaned_data["face"], now=now)
    except (Invalid, Conflict) as refusal:
        form.add_error("face", str(refusal.message))
        return {"felt": form}
    return {"said": _("Thank you. It helps us to do better.")}


def _objecting(secret: OpenedSecret, now: datetime) -> HttpResponse:
    """A new complaint that names this one, for who does not agree: it goes to who is above."""
    key = new_key()
    first = secret.complaint
    said = {"appeal_of": str(first.pk), "area": first.area_id or "", "matter": first.matter, "about": first.about}
    keep_answers(key, said, now=now)
    response = private(redirect("complaint:step", 4))
    keep_key(response, key)
    return response


Act = Callable[[Request, OpenedSecret, datetime], dict[str, Any]]
ACTS: Final[dict[str, Act]] = {"tulis": _write, "titip": _leave, "tarik": _withdraw, "hasil": _confirm, "wajah": _feel}
