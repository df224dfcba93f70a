"""One question a page, check your answers, done."""

from django import forms
from django.http import Http404, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from simpul.access.drafts import drop_draft
from simpul.access.models import OpeningDraft
from simpul.access.queries import may_open
from simpul.access.services.opening import Opened, open_simpul
from simpul.access.setup_code import is_setup_code
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.queries.node import logo_of_node
from simpul.web.firstrun import questions
from simpul.web.firstrun.forms import CodeForm, PasswordForm
from simpul.web.firstrun.gate import SESSION as CODE_SESSION
from simpul.web.firstrun.gate import while_empty
from simpul.web.http import Request


@never_cache
@require_GET
@while_empty
def begin(request: Request) -> HttpResponse:
    return render(request, "firstrun/begin.html", {"first": questions.SLUGS[0]})


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    if not may_open():
        return HttpResponseRedirect("/")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if is_setup_code(form.cleaned_data["code"]):
            request.session[CODE_SESSION] = form.cleaned_data["code"]
            return HttpResponseRedirect(reverse("firstrun:begin"))
        form.add_error("code", _("This is not the code that the server printed. Look at its terminal again."))
    return render(request, "firstrun/code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@while_empty
def question(request: Request, step: str) -> HttpResponse:
    now = timezone.now()
    row = questions.kept(request, now)
    asked = _asked(step)
    form = asked.form(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=questions.answers_of(row),
    )
    if request.method == "POST" and form.is_valid():
        questions.keep(request, dict(form.cleaned_data), now)
        return HttpResponseRedirect(_next(request, step))
    return _page(request, step, form, has_logo=bool(row and row.logo))


@never_cache
@require_http_methods(["GET", "POST"])
@while_empty
def check(request: Request) -> HttpResponse:
    row = questions.kept(request, timezone.now())
    missing = questions.unanswered(questions.answers_of(row))
    if row is None or missing:
        return HttpResponseRedirect(reverse("firstrun:question", args=[missing or questions.SLUGS[0]]))
    by_password = questions.answers_of(row).get("way") == "password"
    form: forms.Form | None = PasswordForm(request.POST or None) if by_password else None
    if request.method == "POST" and (form is None or form.is_valid()):
        opened = _open(request, row, form)
        if opened is not None:
            return _after(request, row, opened)
    shown = {"rows": questions.summary_of(row), "form": form, "has_logo": bool(row.logo)}
    return render(request, "firstrun/check.html", shown, status=422 if form and form.errors else 200)


@require_GET
def done(request: Request) -> HttpResponse:
    if may_open():
        return HttpResponseRedirect(reverse("firstrun:begin"))
    return render(request, "firstrun/done.html")


@require_GET
def logo(request: Request) -> HttpResponse:
    """The node's logo. Public: it stands in the header of every page."""
    found = logo_of_node()
    if found is None:
        raise Http404
    etag = f'"{found.digest}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    fresh = "public, max-age=31536000, immutable" if request.GET.get("v") == found.digest else "public, max-age=300"
    return HttpResponse(found.png, content_type="image/png", headers={"ETag": etag, "Cache-Control": fresh})


def _asked(step: str) -> questions.Question:
    for asked in questions.QUESTIONS:
        if asked.slug == step:
            return asked
    raise Http404


def _page(request: Request, step: str, form: forms.Form, *, has_logo: bool) -> HttpResponse:
    at = questions.SLUGS.index(step)
    back = reverse("firstrun:question", args=[questions.SLUGS[at - 1]]) if at else reverse("firstrun:begin")
    shown = {"form": form, "step": step, "at": at + 1, "of": len(questions.SLUGS), "back": back, "has_logo": has_logo}
    return render(request, "firstrun/question.html", shown, status=422 if form.errors else 200)


def _next(request: Request, step: str) -> str:
    at = questions.SLUGS.index(step) + 1
    if request.GET.get("periksa") or at == len(questions.SLUGS):
        return reverse("firstrun:check")
    return reverse("firstrun:question", args=[questions.SLUGS[at]])


def _open(request: Request, row: OpeningDraft, form: forms.Form | None) -> Opened | None:
    """What was opened, or None with the errors on the form."""
    password = form.cleaned_data["password"] if form else ""
    try:
        return open_simpul(request.actor, questions.opening_from(row, password), now=timezone.now())
    except (Invalid, Conflict) as error:
        if form is None:
            raise
        field = "password" if getattr(error, "field", None) == "password" else None
        form.add_error(field, str(error.message))
        return None
    except Denied as error:
        message = _("Somebody else has just opened this Simpul. Sign in, or ask them to enrol you.")
        raise Conflict("node_open", message=message) from error


def _after(request: Request, row: OpeningDraft, opened: Opened) -> HttpResponse:
    drop_draft(row.pk)
    request.session.flush()
    if opened.token:
        return HttpResponseRedirect(reverse("accounts:enrol", args=[opened.token]))
    return HttpResponseRedirect(reverse("firstrun:done"))
