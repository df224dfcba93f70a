"""Bringing the plan in month by month, and publishing each month as Fitri and Dewi would."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from simpul.access.queries import actor_for
from simpul.cases.services.past_counts import PastCount, bring_past_counts
from simpul.demo.figures.places import keeper_of, load_places, place_of
from simpul.demo.figures.plan import MONTHS, Person, people_of, regencies
from simpul.demo.keys import key_of
from simpul.demo.steps import DEMO, Step
from simpul.kernel.actor import Actor
from simpul.kernel.localized import LocalizedText
from simpul.kernel.refs import RecordRef
from simpul.releases.months import SETTLED, closing
from simpul.releases.queries.proposals import proposal_for
from simpul.releases.queries.published import cells_for, periods_for, release_for
from simpul.releases.queries.turns import next_month
from simpul.releases.services.proposing import compute_proposal, propose_release
from simpul.releases.services.publishing import annotate_release, approve_release
from simpul.threads.services import link_records

# Since when they may publish: what came in before is published then, a month a day.
BEGUN: Final = datetime(2025, 3, 3, 3, tzinfo=UTC)
SAID: Final = datetime(2026, 2, 9, 3, tzinfo=UTC)
WHY: Final = {
    "fitri": "Setiap tabel dilihat, dari nasional sampai desa; tidak ada orang yang dapat dikenali.",
    "dewi": "Dibandingkan dengan terbitan sebelumnya; tidak ada selisih yang membuka angka kecil. Boleh terbit.",
}
NOTE: Final = LocalizedText(
    id="Agustus sampai November musim kering: lebih banyak orang mencari bantuan dan surat. Angkanya tetap.",
    en="August to November is the dry season: more people look for aid and papers. The numbers stay.",
)


def steps() -> list[Step]:
    """The places; two a month, what came in and that it is published, which `publish` does between them; what is said
    of it all at the end.
    """
    months = [
        step
        for month in MONTHS
        for step in (Step(f"figures/{month}", partial(_bring, month)), Step(f"figures/{month}/out", _nothing))
    ]
    return [Step("figures/places", load_places), *months, Step("figures/said", _said)]


def publish(month: str) -> None:
    """As two people would when the month is over; each part is a transaction of its own and is done once.

    Takes seconds, at a year's end minutes, and is for the worker. Conflict where somebody who plays meanwhile stood in
    the way.
    """
    if next_month() != month:
        return
    over = closing(month) + SETTLED + timedelta(hours=9)
    now = max(BEGUN + timedelta(days=MONTHS.index(month)), over)
    proposal = propose_release(_player("fitri", now), now=now)
    proposal = compute_proposal(DEMO, proposal, now=now)
    digest = proposal_for(_player("fitri", now), proposal.pk).digest
    for hours, (key, reason) in enumerate(WHY.items(), start=1):
        agreed = now + timedelta(hours=hours)
        approve_release(_player(key, agreed), proposal, digest=digest, reason=reason, now=agreed)


def _player(key: str, now: datetime) -> Actor:
    return actor_for(key_of(f"user/{key}"), now=now, second_factor=True)


def _nothing() -> None:
    """Only noted."""


def _bring(month: str) -> None:
    year, number = int(month[:4]), int(month[5:])
    now = datetime(year, number, monthrange(year, number)[1], 3, tzinfo=UTC)
    for regency in regencies():
        counts = [_count(regency, person, now) for person in people_of(regency, month)]
        bring_past_counts(DEMO, keeper_of(regency), counts, source=f"{regency} {month}", now=now)


def _count(regency: str, person: Person, now: datetime) -> PastCount:
    return PastCount(
        village=place_of(regency, person.place), received_on=person.day, ended_on=now.date(), types=[person.kind],
        sex=person.sex, age=person.age, disability="none", outcome=person.outcome,
    )  # fmt: skip


def _said() -> None:
    """Fitri says something of a month; Dewi ties numbers of Lombok Timur to what they are evidence for."""
    fitri, dewi = _player("fitri", SAID), _player("dewi", SAID)
    dry = next(row for row in periods_for(fitri, "nation-month") if row.label == "2024-08")
    annotate_release(fitri, release_for(fitri, dry.release_id), kind="note", text=NOTE, now=SAID)
    forum = RecordRef("organisations.organisation", key_of("organisation/forum"))
    for cell in cells_for(dewi, "regency-quarter", period="2024-Q3", within="52.03", sex="", type="AD"):
        if cell.id:
            link_records(dewi, RecordRef("releases.publishedcell", cell.id), "evidences", forum, now=SAID)
