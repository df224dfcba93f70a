"""What the examples are filled with. Every figure, person and organisation here is invented."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.kernel.time import PartialDate, Zone
from simpul.territory.models import Area
from simpul.web.components import Bar, Event, Knot, Link, Row, Stat, Task, Text, Tone
from simpul.web.data.charts import Cross, Point, Told, Trend, cross_of, trend_of
from simpul.web.gaya.forms import PaperForm, PlaceForm, SampleForm
from simpul.web.territory.maps import AreaMap, map_of


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Text
    examples: tuple[str, ...]


_FIGURES = ("thread", "stat", "bars", "trend", "cross", "map", "source", "formats")
SECTIONS = (
    Section(
        "figures", gettext_lazy("Figures"), ("thread", "stat", "bars", "trend", "cross", "map", "source", "formats")
    ),
    Section("status", gettext_lazy("Status and messages"), ("pill", "notice", "empty", "confirmation", "progress")),
    Section("actions", gettext_lazy("Actions"), ("buttons", "share", "exit")),
    Section("finding", gettext_lazy("Finding one's way"), ("crumbs", "tabs", "chips", "pages", "details")),
    Section(
        "forms",
        gettext_lazy("Forms"),
        ("error-summary", "fields", "field", "area-picker", "upload", "search", "steps", "summary", "tasks"),
    ),
    Section("lists", gettext_lazy("Lists"), ("table", "line", "card")),
    Section("icons", gettext_lazy("Icons"), ("icons",)),
)

# The dye, what it means, and the pairs of tokens (text on ground) that are measured for contrast.
DYES: tuple[tuple[str, Text], ...] = (
    ("kapas", gettext_lazy("cotton: the ground")),
    ("kertas", gettext_lazy("paper: cards")),
    ("arang", gettext_lazy("charcoal: text")),
    ("nila", gettext_lazy("indigo: action and links")),
    ("kunyit", gettext_lazy("turmeric: attention")),
    ("mengkudu", gettext_lazy("morinda red: danger")),
    ("daun", gettext_lazy("leaf: done")),
    ("terung", gettext_lazy("aubergine: confidential")),
)


@cache
def _icon_names() -> tuple[str, ...]:
    """Every symbol of the sprite, so that none is forgotten here."""
    sprite = finders.find("icons.svg")
    return tuple(re.findall(r'<symbol id="([^"]+)"', Path(str(sprite)).read_text()))


def _figures() -> dict[str, object]:
    return {
        "knots": [
            Knot(_("Complaints"), "63", _("6 months, 4 villages"), "#thread", "terung"),
            Knot(_("Accompanied"), "58", _("41 closed"), "#thread", "terung"),
            Knot(_("Evidence"), "4", _("safe figures published"), "#thread", "kunyit"),
            Knot(
                _("Recommendations"), "3", _("to village and regency"), records=[Link(_("Mobile service"), "#thread")]
            ),
            Knot(_("Adopted"), "2", _("1 in part"), "#thread"),
            Knot(_("Regulation"), "1", _("of the regent"), "#thread", "daun"),
            Knot(_("Effect"), "−38 %", _("inactive cards"), "", "daun"),
        ],
        "figures": [
            Stat("396", _("local organisations"), _("in 32 learning forums"), "#stat"),
            Stat("102", _("recommendations adopted"), _("of 180 · 56.7 %"), "#stat", 102, 180),
            Stat("–", _("regulations"), _("counted from June on")),
        ],
        "themes": [
            Bar(_("Public services"), 54, _("54 of 92"), 92, "#bars"),
            Bar(_("Natural resources"), 19, _("19 of 37"), 37),
            Bar(_("Village government"), 13, _("13 of 21"), 21),
        ],
        "instant": datetime(2025, 3, 3, 4, 30, tzinfo=UTC),
        "today": date(2025, 3, 3),
        "earlier": date(2025, 2, 19),
        "founded": PartialDate.parse("2008-05"),
        "wita": Zone.WITA,
    }


def _map() -> AreaMap:
    names = (
        "Lombok Barat",
        "Lombok Tengah",
        "Lombok Timur",
        "Sumbawa",
        "Dompu",
        "Bima",
        "Sumbawa Barat",
        "Lombok Utara",
    )
    areas = [Area(code=f"52.{n:02d}", kind="regency", level=2, name=f"Kabupaten {at}") for n, at in enumerate(names, 1)]
    values = {"52.01": 9, "52.02": 14, "52.03": 31, "52.04": 6, "52.06": 2, "52.08": 11}
    return map_of(
        areas,
        "sample",
        caption=_("Organisations by regency"),
        level="regencies",
        within="52",
        values=values,
        unit=_("organisations"),
    )


def _trend() -> Trend:
    counts = {"Jan": 31, "Feb": 28, "Mar": None, "Apr": 42, "Mei": 37, "Jun": 55}
    points = [Point(f"{month} 2025", month, count, "#trend" if count else "") for month, count in counts.items()]
    return trend_of(points, caption=_("Organisations by month"), unit=_("organisations"))


def _cross() -> Cross:
    return cross_of(
        {("a", "P"): Told(30, "#cross"), ("a", "L"): Told(12), ("a", ""): Told(42), ("b", ""): Told(18)},
        caption=_("Issues"),
        row_head=_("Issues"),
        rows=[("a", _("Health")), ("b", _("Women and children"))],
        columns=[("P", _("Female")), ("L", _("Male")), ("", _("All"))],
    )


def _steps() -> dict[str, object]:
    return {
        "rows": [
            Row(_("Name"), "Kelompok Konstituen Lentera", "#summary"),
            Row(_("Area"), "Desa Lentera Jati", "#summary"),
            Row(_("Website"), ""),
        ],
        "items": [
            Task(_("Profile"), _("done"), Tone.OK, "#tasks"),
            Task(_("Working areas"), _("half done"), Tone.WARN, "#tasks", _("2 of 4 villages")),
            Task(_("Statements"), _("cannot start yet"), Tone.IDLE),
        ],
        "events": [
            Event(_("3 March, 06.40 WITA"), _("Complaint received"), _("hamlet head, WhatsApp"), "2025-03-03", "done"),
            Event("07.55", _("Referred"), state="now", pill=_("reply received"), tone=Tone.OK),
            Event(_("3 April"), _("Follow-up, month 1")),
        ],
        "links": [Link(_("List"), "#tabs"), Link(_("Map"), "#map"), Link(_("Gaps"), "#gaps")],
        "icon_names": _icon_names(),
    }


def context() -> dict[str, object]:
    """A fresh set for each drawing: forms are bound, words are in the language of the page."""
    sent = SampleForm({"sent-kind": "group", "sent-issues": ["health"]}, prefix="sent")
    forms = {"form": SampleForm(), "sent": sent, "place": PlaceForm(), "paper": PaperForm()}
    return {**forms, "map": _map(), "trend": _trend(), "cross": _cross(), **_figures(), **_steps()}
