"""Every figure, and each one opened."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from simpul.kernel.time import Zone, local_date
from simpul.results.queries import evaluate, evaluate_all, indicator, is_about_hidden
from simpul.web.http import Request
from simpul.web.results import panels
from simpul.web.results.forms import Asked, AskForm, question_from


@require_GET
def index(request: Request) -> HttpResponse:
    today = local_date(timezone.now(), Zone.WIB)
    form = AskForm(request.GET or None, initial={"pada": today})
    question = question_from(form, request.actor, today)
    kept = Asked.read(request.GET).address()
    found = [(e, panels.finding(e), panels.stats(e)[1:]) for e in evaluate_all(question)]
    page = {"form": form, "found": found, "as_of": question.as_of, "kept": kept}
    return render(request, "results/index.html", page, status=422 if form.errors else 200)


@require_GET
def figure(request: Request, code: str) -> HttpResponse:
    today = local_date(timezone.now(), Zone.WIB)
    form = AskForm(request.GET or None, initial={"pada": today})
    evaluation = evaluate(indicator(code), question_from(form, request.actor, today))
    asked = Asked.read(request.GET)
    page = {"form": form, "evaluation": evaluation, **panels.picture(request, evaluation, asked)}
    page["hidden"] = is_about_hidden(evaluation)
    page["share"] = f"{page['finding']} {request.build_absolute_uri()}"
    return render(request, "results/figure.html", page, status=422 if form.errors else 200)
