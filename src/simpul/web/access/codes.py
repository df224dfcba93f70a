"""The page with the code a new phone reads: shown once, never kept, its address in nobody's log."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from simpul.kernel.time import Zone
from simpul.web.accounts.guards import private
from simpul.web.accounts.pictures import qr_data_uri
from simpul.web.http import Request


def code_page(request: Request, *, token: str, expires_at: datetime, name: str, again: object = None) -> HttpResponse:
    """`again` is the form that, sent once more, gives a fresh code."""
    link = request.build_absolute_uri(reverse("accounts:enrol", args=[token]))
    context = {
        "picture": qr_data_uri(link),
        "link": link,
        "expires_at": expires_at,
        "wita": Zone.WITA,
        "name": name,
        "again": again,
    }
    return private(render(request, "access/code.html", context))
