"""Whether a certificate is valid: what its QR code opens. Nobody's name stands here."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from simpul.activities.kinds import Visibility
from simpul.activities.models import Validity
from simpul.activities.queries.certificates import Verdict, verdict_on
from simpul.kernel.ids import read_code
from simpul.web.activities.rows import titled
from simpul.web.http import Request
from simpul.web.outcomes.forms import VerdictForm


@require_safe
def asked(request: Request) -> HttpResponse:
    """The code typed in, for who has no camera at hand. It is no secret: it is printed on a wall."""
    form = VerdictForm(request.GET or None)
    if form.is_valid():
        return redirect("outcomes:verdict", read_code(form.cleaned_data["code"]) or "-")
    return render(request, "outcomes/check.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def verdict(request: Request, code: str) -> HttpResponse:
    found = verdict_on(code)
    context = {"verdict": found, "code": read_code(code), "title": _title(request, found), "host": _host(found)}
    status = 404 if found.validity is Validity.UNKNOWN else 200
    return render(request, "outcomes/verdict.html", context, status=status)


def _title(request: Request, found: Verdict) -> str:
    """What the event was called, where everybody may know of it."""
    row = found.certificate
    if row is None or row.event.visibility != Visibility.PUBLIC or _host(found) is None:
        return ""
    return titled(row.event, getattr(request, "LANGUAGE_CODE", "id"))


def _host(found: Verdict) -> object:
    """Who gave it, unless they are hidden for their safety."""
    row = found.certificate
    return row.event.owner_organisation if row and not row.event.owner_organisation.in_safety_mode else None
