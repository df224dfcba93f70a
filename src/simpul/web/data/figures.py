"""One published count at its address: what it says, where it came from, how to cite it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.releases.kinds import age_label, kind_of, sex_label, threshold_of, type_label
from simpul.releases.queries.published import annotations_of, cell_for
from simpul.territory.queries import area_and_path
from simpul.web import formats
from simpul.web.components import Row
from simpul.web.data.asking import address_of
from simpul.web.data.charts import number
from simpul.web.data.words import period_words
from simpul.web.http import Request


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is written: `code` leads to its page, "" where it has none."""

    title: str
    path: str
    code: str


def where_of(code: str) -> Where:
    """Also of what is told as the rest of a regency, which is no place on the map. At most one query."""
    if not code:
        return Where(_("Indonesia"), _("Indonesia"), "")
    rest = code.split(".")[2:3] == ["00"]
    try:
        area, path = area_and_path(code[:5] if rest else code)
    except NotFound:
        return Where(code, code, "")
    if rest:
        title = _("Rest of %(place)s") % {"place": area.title}
        return Where(title, title, area.code)
    return Where(area.title, path, area.code)


def figure_page(request: Request, key: Any) -> dict[str, Any]:
    """NotFound for what is not published to this reader."""
    actor: Actor = request.actor
    cell = cell_for(actor, key)
    release, language = cell.release, get_language() or "id"
    where, when = where_of(cell.area), period_words(cell.period, language)
    people = ngettext("%(n)s person accompanied", "%(n)s people accompanied", cell.count) % {"n": number(cell.count)}
    kind = str(type_label(cell.type))
    told = [kind, *([str(sex_label(cell.sex))] if cell.sex else []), *([str(age_label(cell.age))] if cell.age else [])]
    day = formats.day(local_date(release.published_at, Zone.WIB), language=language)
    address = request.build_absolute_uri(reverse("data:figure", args=[cell.pk]))
    said = f"{people}: {', '.join(told)}; {where.title}, {when}"
    cite = _("Simpul, “%(said)s”, release %(number)s of book %(book)s, %(day)s, %(address)s, digest %(digest)s.") % {
        "said": said,
        "number": release.number,
        "book": release.book.year,
        "day": day,
        "address": address,
        "digest": release.certificate_digest,
    }
    return {
        "cell": cell,
        "release": release,
        "count": number(cell.count),
        "people": people,
        "kind": ", ".join(told),
        "where": where,
        "when": when,
        "said": said,
        "cite": cite,
        "share": f"{said} {address}",
        "rows": _rows(cell, where, when, told),
        "annotations": annotations_of(release, cell),
        "back": address_of(wilayah=where.code, periode=cell.period, jenis=kind_of(cell.type)),
    }


def _rows(cell: Any, where: Where, when: str, told: list[str]) -> list[Row]:
    least = _("fewer than %(n)s are not told") % {"n": threshold_of(cell.type)}
    rows = [Row(_("Place"), where.path), Row(_("Period"), when), Row(_("Type"), told[0])]
    if cell.sex:
        rows.append(Row(_("Sex"), sex_label(cell.sex)))
    if cell.age:
        rows.append(Row(_("Age"), age_label(cell.age)))
    return [*rows, Row(_("Threshold"), least)]
