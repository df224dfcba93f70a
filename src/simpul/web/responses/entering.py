"""What every page of a response begins with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from simpul.activities.models import ReportedNeed, Response, ResponseActivity
from simpul.activities.queries.responses import inside_of, response_for
from simpul.activities.rules.responses import may_lead
from simpul.kernel.time import Zone, local_date
from simpul.territory.models import Area
from simpul.territory.names import lineage_of
from simpul.territory.queries import areas_by_code, children
from simpul.web.http import Request


@dataclass(frozen=True, slots=True)
class Entered:
    """The response, whether its reader leads it, and of whose rows they are told what is guarded."""

    response: Response
    leads: bool
    told_of: frozenset[UUID] | None  # None: of all
    today: date

    def inside(self, row: ResponseActivity | ReportedNeed) -> bool:
        holder = row.lead_id if isinstance(row, ResponseActivity) else row.reported_by_id
        return self.told_of is None or holder in self.told_of


def entered(request: Request, key: UUID) -> Entered:
    """NotFound for one out of sight."""
    response = response_for(request.actor, key)
    return entered_of(request, response)


def entered_of(request: Request, response: Response) -> Entered:
    leads = may_lead(request.actor, response)
    told_of = inside_of(request.actor, leads=leads)
    return Entered(response, leads, told_of, local_date(timezone.now(), Zone.WIB))


def where_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Code -> "Desa Danger, Kecamatan Masbagik". Two queries less than a path each: the regency is left out."""
    wanted = set(codes)
    known = areas_by_code({code for one in wanted for code in lineage_of(one)[-2:]})
    return {code: ", ".join(known[c].title for c in reversed(lineage_of(code)[-2:]) if c in known) for code in wanted}


def parts_of(code: str, areas: Iterable[Area]) -> list[Area]:
    """What the map of this area is told by: its parts; of the country the provinces the response is for."""
    if code:
        return list(children(code))
    return list(areas_by_code({area.code[:2] for area in areas}).values())


Href = Callable[[Area], str]
