"""The form: what happens next, four steps, reading it over, sending it, leaving it at once."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from simpul.cases.complaint_drafting import answers_of, draft_of, drop, keep_answers
from simpul.cases.complaint_files import detach
from simpul.cases.complaint_kinds import suggests_lapor
from simpul.cases.complaint_receipts import grouped, new_key
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.queries.complaints import secret_by_receipt
from simpul.cases.services.complaint_talk import leave_with_trusted
from simpul.cases.services.complaints import give_words, submit_complaint
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private
from simpul.web.cases.complaint.cookies import forget_key, keep_key, key_in
from simpul.web.cases.complaint.forms import STEPS, STORY
from simpul.web.cases.complaint.panels import file_rows, summary_rows
from simpul.web.cases.complaint.telling import tell_of_complaint
from simpul.web.cases.complaint.uploads import keep_files, sealed_for_draft
from simpul.web.http import Request

# Whoever is signed in writes here as the public: an act must not name who wished not to be named.
NOBODY: Final = Anonymous()
CALM: Final = "https://www.bmkg.go.id/"


def start(request: Request) -> HttpResponse:
    """What happens next, before anything is asked. A form begun on this phone can be gone on with for half an hour."""
    if request.method == "POST":
        return _begun(request, timezone.now())
    draft = draft_of(key_in(request), now=timezone.now())
    waiting = draft is not None and draft.sent_at is None
    response = private(render(request, "complaint/start.html", {"waiting": waiting}))
    if not waiting:
        forget_key(response)
    return response


def _begun(request: Request, now: datetime) -> HttpResponse:
    drop(key_in(request), now=now)
    key = new_key()
    keep_answers(key, {}, now=now)
    response = private(redirect("complaint:step", 1))
    keep_key(response, key)
    return response


@sealed_for_draft
def step(request: Request, number: int) -> HttpResponse:
    if not 1 <= number <= len(STEPS):
        raise Http404
    now, key = timezone.now(), key_in(request)
    draft = draft_of(key, now=now)
    if draft is None or draft.sent_at is not None:
        return private(redirect("complaint:start"))
    if request.method != "POST":
        form = STEPS[number - 1](initial=answers_of(draft))
        return _step_page(request, number, {"form": form, **_files(key, now)})
    return _step_sent(request, number, key, now)


def _step_sent(request: Request, number: int, key: str, now: datetime) -> HttpResponse:
    form = STEPS[number - 1](request.POST)
    if form.is_valid():
        keep_answers(key, form.answers(), now=now)
        refused = keep_files(request, key) if number == STORY else []
        for message in refused:
            form.add_error(None, str(message))
        if not refused:
            return _onward(request, number, key, now)
    return _step_page(request, number, {"form": form, **_files(key, now)}, status=422)


def _onward(request: Request, number: int, key: str, now: datetime) -> HttpResponse:
    """To the next step; back to this one where a file was removed or more are to be added."""
    if gone := request.POST.get("hapus"):
        _remove(key, gone, now)
        return private(redirect("complaint:step", number))
    if request.POST.get("langkah") == "tambah":
        return private(redirect("complaint:step", number))
    last = number == len(STEPS) or request.POST.get("langkah") == "periksa"
    return private(redirect("complaint:check") if last else redirect("complaint:step", number + 1))


def _remove(key: str, file: str, now: datetime) -> None:
    try:
        detach(key, UUID(file), now=now)
    except ValueError as error:
        raise Http404 from error


def _files(key: str, now: datetime) -> dict[str, Any]:
    return {"files": file_rows(answers_of(draft_of(key, now=now)))}


def _step_page(request: Request, number: int, context: dict[str, Any], status: int = 200) -> HttpResponse:
    back = reverse("complaint:step", args=[number - 1]) if number > 1 else reverse("complaint:start")
    page = {"number": number, "total": len(STEPS), "takes_files": number == STORY, "back": back, **context}
    return private(render(request, "complaint/step.html", page, status=status))


def check(request: Request) -> HttpResponse:
    """Everything once more, each answer with a way to change it."""
    draft = draft_of(key_in(request), now=timezone.now())
    if draft is None or draft.sent_at is not None:
        return private(redirect("complaint:start"))
    said = answers_of(draft)
    context = {"rows": summary_rows(said), "files": file_rows(said)}
    return private(render(request, "complaint/check.html", context))


@require_POST
def send(request: Request) -> HttpResponse:
    """Sent, and the receipt with it; sent once more, the same. From here four words and a trusted person are added."""
    now, key = timezone.now(), key_in(request)
    try:
        complaint = submit_complaint(NOBODY, key=key, now=now)
        _sent, digits = receipt_of_sent(key, now=now)
    except NotFound:
        return private(redirect("complaint:start"))
    tell_of_complaint(complaint.pk, now=now)
    lapor = suggests_lapor(complaint.matter, complaint.about)
    context = {"receipt": grouped(digits), "lapor": lapor, **_further(request, key, digits, now)}
    return private(render(request, "complaint/done.html", context))


def _further(request: Request, key: str, digits: str, now: datetime) -> dict[str, str]:
    asked = request.POST.get("langkah")
    if asked == "kata":
        return {"words": give_words(NOBODY, key=key, now=now)}
    if asked == "titip":
        return {"trusted": grouped(leave_with_trusted(NOBODY, secret_by_receipt(digits), now=now))}
    return {}


@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the draft and be gone. Without a token: a beacon has none, and a stranger's page can't send the key.

    The page that is left behind is empty; it leads away by itself, also where there is no JavaScript.
    """
    if request.method == "POST":
        drop(key_in(request), now=timezone.now())
    response = private(HttpResponse(status=200))
    response.headers["Refresh"] = f"0; url={CALM}"
    forget_key(response)
    return response
