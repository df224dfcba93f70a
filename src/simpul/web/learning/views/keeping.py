"""The library on a phone: its worker, and the list of what is kept there."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from simpul.web.http import Request
from simpul.web.workers import addresses
from simpul.web.workers import worker as made

# What its pages draw themselves with, beside what every page needs.
FILES: Final = ("css/print.css", "css/learning.css", "js/library.js", "js/library-leaving.js", "js/print.js")


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Its scope is the library. What is kept of it the pages decide (`js/library.js`)."""
    shown = reverse("learning:on-this-phone")
    return made("library.js", cache_name="simpul-pustaka", files=addresses(*FILES), list=shown)


@require_safe
def on_this_phone(request: Request) -> HttpResponse:
    """The same for everybody: the phone fills it in, with a signal or without."""
    return render(request, "learning/on_this_phone.html")
