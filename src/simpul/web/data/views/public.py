"""What everybody may look at: the counts, one count, the releases, the method."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.releases.rules import PROPOSE, may
from simpul.web.data import figures, ledger, methods, panels
from simpul.web.data.asking import Asked
from simpul.web.data.awaiting import awaited
from simpul.web.http import Request


@require_safe
def cases(request: Request) -> HttpResponse:
    page = panels.page_of(request.actor, Asked.read(request.GET)) | {"awaited": awaited()}
    if "finding" in page:
        page["share"] = f"{page['finding']} {request.build_absolute_uri()}"
    return render(request, "data/cases.html", page)


@require_safe
def figure(request: Request, key: UUID) -> HttpResponse:
    return render(request, "data/figure.html", figures.figure_page(request, key))


@require_safe
def releases(request: Request) -> HttpResponse:
    asked = request.GET.get("hal", "")
    page = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    return render(request, "data/releases.html", ledger.list_page(request.actor, page))


@require_safe
def release(request: Request, key: UUID) -> HttpResponse:
    page = ledger.release_page(request.actor, key)
    page["may_annotate"] = may(request.actor, PROPOSE)
    return render(request, "data/release.html", page)


@require_safe
def method(request: Request) -> HttpResponse:
    return render(request, "data/method.html", methods.method_page())
