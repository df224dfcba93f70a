"""One field for everything public."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from simpul.search.queries import find
from simpul.web.http import Request
from simpul.web.search.forms import SearchForm
from simpul.web.search.panels import area_links, choices, figure_links, results


@require_safe
def find_page(request: Request) -> HttpResponse:
    """What can't be read in the address is left out: there is always a page. Only the public is ever found."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    text, section, page = asked.get("q") or "", asked.get("jenis") or "", asked.get("halaman") or 1
    context: dict[str, object] = {"form": form, "text": text}
    if text:
        found = find(text, section=section, page=page)
        context |= {"found": found, "rows": results(request.actor, found), "choices": choices(text, section, found)}
        if page == 1 and not section:
            context |= {"areas": area_links(text), "figures": figure_links(text)}
        kept = {"q": text, "jenis": section}
        context |= {"older": _page(kept, page + 1) if found.has_next else "", "newer": _page(kept, page - 1)}
    return render(request, "search/find.html", context)


def _page(kept: dict[str, str], page: int) -> str:
    return f"{reverse('search:find')}?{urlencode({**kept, 'halaman': page})}" if page else ""
