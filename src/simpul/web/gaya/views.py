"""The guide, and a sample page of each room."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import get_template

from simpul.web.gaya import samples
from simpul.web.http import Request

ROOMS = {"umum": "public", "kerja": "work", "rahasia": "confidential", "cetak": "print"}


def _drawn(name: str, request: Request) -> dict[str, object]:
    """An example's own source beside what it makes, so that the two can't differ."""
    path = f"gaya/examples/{name}.html"
    source = engines["django"].get_template(path).template.source  # type: ignore[attr-defined]
    return {"name": name, "source": source.strip(), "html": get_template(path).render(samples.context(), request)}


def guide(request: Request) -> HttpResponse:
    sections = [
        {"title": section.title, "key": section.key, "examples": [_drawn(name, request) for name in section.examples]}
        for section in samples.SECTIONS
    ]
    return render(request, "gaya/guide.html", {"sections": sections, "dyes": samples.DYES, "rooms": ROOMS})


def room(request: Request, room: str) -> HttpResponse:
    if room not in ROOMS:
        raise Http404
    return render(request, "gaya/room.html", {**samples.context(), "frame": f"base/{ROOMS[room]}.html"})
