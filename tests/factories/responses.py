"""Responses for tests: a network that leads, lines and needs in real areas."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from simpul.activities.models import ReportedNeed, Response, ResponseActivity
from simpul.activities.reaching import Reached
from simpul.activities.response_drafts import LineDraft, NeedDraft
from simpul.activities.services.lines import record_activity
from simpul.activities.services.needs import report_need
from simpul.activities.services.responses import open_response, publish_response
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.territory import areas

LOTIM, MASBAGIK, DANGER, PAOKMOTONG = "52.03", "52.03.05", "52.03.05.2006", "52.03.05.2002"
NOW = datetime(2025, 2, 12, 3, 0, tzinfo=UTC)
TODAY = date(2025, 2, 12)
FLOOD = date(2025, 2, 3)


def place(code: str) -> Area:
    return areas(code)[0]


def make_network(name: str = "Jaringan Contoh") -> Organisation:
    return make_organisation(name=name, kind=OrganisationKind.NETWORK)


def make_response(
    network: Organisation | None = None, *codes: str, published: bool = True, now: datetime = NOW
) -> Response:
    """Of a flood, in these areas: Lombok Timur where none is named."""
    response = open_response(
        SYSTEM,
        network or make_network(),
        name="Banjir Contoh 2025",
        areas=areas(*codes or (LOTIM,)),
        valid_from=FLOOD,
        now=now,
    )
    return publish_response(SYSTEM, response, now=now) if published else response


def line_draft(lead: Organisation, code: str = DANGER, **said: Any) -> LineDraft:
    known: dict[str, Any] = {
        "cluster": "logistics",
        "sub_cluster": "logistics.food",
        "activity": "Paket pangan",
        "status": "ongoing",
        "as_of": TODAY,
    }
    return LineDraft(lead=lead, area=place(code), **{**known, **said})


def make_line(
    response: Response,
    lead: Organisation | None = None,
    code: str = DANGER,
    *,
    now: datetime = NOW,
    line: UUID | None = None,
    **said: Any,
) -> ResponseActivity:
    draft = line_draft(lead or make_organisation(), code, **said)
    return record_activity(SYSTEM, response, draft, line=line, now=now)


def need_draft(code: str = DANGER, **said: Any) -> NeedDraft:
    known: dict[str, Any] = {
        "cluster": "protection",
        "sub_cluster": "protection.water",
        "what": "Air bersih",
        "people": 240,
        "reporter": "Kepala dusun",
        "reported_on": TODAY,
    }
    return NeedDraft(area=place(code), **{**known, **said})


def make_need(
    response: Response, code: str = DANGER, *, now: datetime = NOW, line: UUID | None = None, **said: Any
) -> ReportedNeed:
    return report_need(SYSTEM, response, need_draft(code, **said), line=line, now=now)


def reached(**told: int) -> Reached:
    return Reached(**told)
