"""What a search shows beside the hits of the index: areas, and figures by their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from simpul.activities.publishing import EVENT
from simpul.kernel.actor import Actor
from simpul.kernel.text import fold_words
from simpul.organisations import publishing
from simpul.results.indicators import INDICATORS
from simpul.search.queries import Found
from simpul.search.snippets import Piece
from simpul.territory.queries import paths_of, search_areas
from simpul.threads.registry import resolve
from simpul.web.components import Link, Text

AREAS: Final = 5


@dataclass(frozen=True, slots=True)
class Section:
    """`heading` for many, `label` for one."""

    heading: Text
    label: Text
    icon: str


# In the order they are offered.
SECTIONS: Final[dict[str, Section]] = {
    publishing.ORGANISATION: Section(_("Organisations"), _("Organisation"), "house"),
    publishing.NETWORK: Section(_("Networks and forums"), _("Network or forum"), "waypoints"),
    publishing.GROUP: Section(_("Village groups"), _("Village group"), "users-round"),
    publishing.PROGRAMME: Section(_("Programmes"), _("Programme"), "handshake"),
    publishing.SERVICE_POINT: Section(_("Services"), _("Service"), "life-buoy"),
    EVENT: Section(_("Events"), pgettext_lazy("found", "Event"), "calendar"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with the address of its page."""

    href: str
    label: Text
    icon: str
    title: Sequence[Piece]
    excerpt: Sequence[Piece]


def results(actor: Actor, found: Found) -> list[Result]:
    """The hits whose records this actor sees at this moment: asked once more of the contexts that keep them."""
    knots = resolve([hit.ref for hit in found.hits], actor)
    rows = []
    for hit in found.hits:
        knot = knots.get(hit.ref)
        if knot and knot.href:
            section = SECTIONS[hit.section]
            rows.append(Result(knot.href, section.label, section.icon, hit.title, hit.excerpt))
    return rows


@dataclass(frozen=True, slots=True)
class Choice:
    """A section to narrow to, with how many it holds; None where they were not counted."""

    label: Text
    href: str
    count: int | None
    current: bool


def choices(text: str, section: str, found: Found) -> list[Choice]:
    """Everything, then each section that holds something. Without counts where the list is too long to count."""
    base = reverse("search:find")
    everything = Choice(_("Everything"), f"{base}?{urlencode({'q': text})}", None, not section)
    counted = [
        Choice(each.heading, f"{base}?{urlencode({'q': text, 'jenis': key})}", found.sections.get(key), key == section)
        for key, each in SECTIONS.items()
        if not found.sections or key in found.sections
    ]
    return [everything, *counted]


def area_links(text: str) -> list[Link]:
    """Areas of that name with what they lie in, the larger first."""
    found = search_areas(text, limit=AREAS)
    paths = paths_of(found)
    return [Link(paths[area.code], reverse("places:area", args=[area.code])) for area in found]


def figure_links(text: str) -> list[Link]:
    """Figures whose name holds every word."""
    language = get_language() or "id"
    words = fold_words(text).split()
    named = ((code, indicator.name) for code, indicator in INDICATORS.items())
    return [
        Link(name.to(language), reverse("results:figure", args=[code]))
        for code, name in named
        if any(_holds(fold_words(words_of).split(), words) for words_of in name.values())
    ]


def _holds(title: list[str], words: list[str]) -> bool:
    return bool(words) and all(any(t.startswith(w) for t in title) for w in words)
