"""What is asked of the published counts, as it stands in an address: where, when, of what."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from simpul.kernel.errors import NotFound
from simpul.kernel.text import squeeze
from simpul.releases.kinds import depth_of
from simpul.releases.tables import Depth
from simpul.territory.models import Area
from simpul.territory.queries import children, surroundings
from simpul.web.data.periods import is_label

COUNTRY = 0


@dataclass(frozen=True)
class Asked:
    """`area` is None for the whole country. `parts` are the areas directly in it, of now."""

    area: Area | None
    above: list[Area]
    parts: list[Area]
    period: str = ""
    type: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Any) -> "Asked":
        """One query. NotFound for an area, a period or a type that there is not."""
        code, period, type_ = (squeeze(sent.get(name, "")) for name in ("wilayah", "periode", "jenis"))
        if (period and not is_label(period)) or not _is_type(type_):
            raise NotFound("releases.table")
        kept = {"wilayah": code, "periode": period, "jenis": type_}
        if not code:
            return cls(None, [], list(children(None)), period, type_, kept)
        around = surroundings(code)
        return cls(around.here, around.above, around.parts, period, type_, kept)

    @property
    def level(self) -> int:
        """0 the country, 1 a province, 2 a regency or city, 3 a district, 4 a village."""
        return self.area.level if self.area else COUNTRY

    @property
    def code(self) -> str:
        return self.area.code if self.area else ""

    def address(self, **changes: str) -> str:
        """This page with these changes; an empty one is left out."""
        return address_of(**{**self.kept, **changes})


def _is_type(code: str) -> bool:
    """What came of it is told beside a type, and is none itself."""
    try:
        return depth_of(code) <= Depth.FORM
    except ValueError:
        return False


def address_of(**asked: str) -> str:
    kept = {name: value for name, value in asked.items() if value}
    path = reverse("data:cases")
    return f"{path}?{urlencode(kept)}" if kept else path
