"""A gap map as its page shows it: the finding, the figures, the map, the table, and the gaps themselves."""

from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.clusters import Cluster
from simpul.activities.queries.gaps import GapMap
from simpul.activities.queries.responses import names_in_sight
from simpul.territory.models import Area
from simpul.territory.names import lineage_of
from simpul.territory.queries import areas_by_code
from simpul.web.components import Link, Stat
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, Href, where_of
from simpul.web.responses.forms import NarrowingForm
from simpul.web.responses.panels import NeedRow, drawn, finding_of, gap_rows, need_row

_MOST: Final = 60


def pictured(request: Request, here: Entered, found: GapMap, parts: list[Area], form: NarrowingForm) -> dict[str, Any]:
    above = areas_by_code(lineage_of(found.code)) if found.code else {}
    whole = above.get(found.code)
    chosen = form.cleaned_data.get("klaster")
    clusters = [chosen] if chosen else [c for c in Cluster.values if c in found.clusters]
    href = _drilling(here, form)
    return {
        "found": found,
        "whole": whole,
        "ways": [Link(area.title, href(area)) for key, area in above.items() if key != found.code],
        "finding": finding_of(found),
        "stats": _stats(here, found),
        "map": drawn(found, parts, href),
        "clusters": [(c, Cluster(c).label) for c in clusters],
        "table": gap_rows(found, here.response, parts, clusters, whole=whole, href=href),
        "gaps": _gap_rows(request, found),
    }


def _drilling(here: Entered, form: NarrowingForm) -> Href:
    """From an area to its own map on the same day; from a village to its lines."""

    def href(area: Area) -> str:
        page = "responses:lines" if area.level == 4 else "responses:response"
        asked = {"wilayah": area.code, **({"pada": form.day.isoformat()} if form.day != here.today else {})}
        return f"{reverse(page, args=[here.response.pk])}?{urlencode(asked)}"

    return href


def _gap_rows(request: Request, found: GapMap) -> list[NeedRow]:
    shown = found.gaps[:_MOST]
    where = where_of(state.code for state in shown)
    names = names_in_sight(request.actor, {state.need.reported_by_id for state in shown})
    return [
        need_row(s.need, where.get(s.code, ""), names.get(s.need.reported_by_id, s.need.reporter), s)  # type: ignore[arg-type]
        for s in shown
    ]


def _stats(here: Entered, found: GapMap) -> list[Stat]:
    """Of the area as a whole: its own cells, of the country those of the provinces."""
    cells = [cell for (code, _cluster), cell in found.cells.items() if code == found.code or not found.code]
    key = here.response.pk
    return [
        Stat(len(found.gaps), _("needs with nobody"), href=reverse("responses:needs", args=[key])),
        Stat(len(found.needs), _("needs still open"), href=reverse("responses:needs", args=[key])),
        Stat(
            sum(c.at_work for c in cells),
            _("activities planned or going on"),
            href=reverse("responses:lines", args=[key]),
        ),
        Stat(
            sum(c.overlaps for c in cells),
            _("times several do the same"),
            href=reverse("responses:overlaps", args=[key]),
        ),
    ]
