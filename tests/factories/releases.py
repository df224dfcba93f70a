"""Counted victims for releases, written straight into what figures know, and months released through the services."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from simpul.cases.kinds import branch_of, family_of, form_of
from simpul.cases.models import CountedType, CountedVictim
from simpul.cases.models.counted import Counting
from simpul.kernel.actor import System
from simpul.organisations.models import Node, Organisation
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from simpul.releases.models import Proposal, Release
from simpul.releases.months import closing
from simpul.releases.services.proposing import compute_proposal, propose_release
from simpul.releases.services.publishing import approve_release
from tests.cast import Cast
from tests.factories.organisations import make_organisation
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR, areas

WHY = "Saya sudah melihat setiap tabel; tidak ada orang yang dapat dikenali."
WORKER = System("releases")
JANUARY = datetime(2025, 1, 6, 2, tzinfo=UTC)
# Another regency of the province, and one of another province.
ELSEWHERE = ("52.02.01.1001", "32.71.01.1001")
VILLAGES = (MASBAGIK_UTARA_BARU, PENEDA_GANDOR, *ELSEWHERE)


def at_home(cast: Cast) -> Node:
    """The node is the network's, and Lentera has its seat in Masbagik: Lombok Timur is told down to the village."""
    areas(*VILLAGES)
    Organisation.objects.filter(pk=cast.lentera.pk).update(seat=MASBAGIK_UTARA_BARU)
    return open_node(WORKER, host=cast.network, preset=Preset.NETWORK, now=JANUARY)


def victims(
    many: int,
    types: Iterable[str] = ("AD.1",),
    *,
    area: str = MASBAGIK_UTARA_BARU,
    sex: str = "P",
    age: str = "25-59",
    outcome: str = "",
    at: datetime = JANUARY,
    owner: Organisation | None = None,
) -> list[UUID]:
    """That many people counted from `at` on, each of a case of their own; their keys."""
    home = owner or Organisation.objects.first() or make_organisation()
    codes = sorted(types)
    rows = [
        CountedVictim(
            victim_key=uuid4(), case_key=uuid4(), owner_organisation=home, area_id=area,
            branch=branch_of(codes), received_on=at.date(), stage="received", stage_since=at.date(), sex=sex,
            age_band=age, disability="", outcome=outcome, counting=Counting.UNASKED, recorded_at=at,
        )
        for _number in range(many)
    ]  # fmt: skip
    CountedVictim.objects.bulk_create(rows)
    CountedType.objects.bulk_create(
        CountedType(counted=row, family=family_of(code), form=form_of(code), code=code)
        for row in rows
        for code in codes
    )
    return [row.victim_key for row in rows]


def change_victims(keys: Iterable[UUID], *, at: datetime, types: Iterable[str] = (), **fields: str) -> None:
    """What figures know of these people is corrected: a row supersedes the one that stands."""
    for row in CountedVictim.objects.filter(victim_key__in=list(keys), superseded_at=None):
        codes = sorted(types) or [one.code for one in row.types.all()]
        CountedVictim.objects.filter(pk=row.pk).update(superseded_at=at)
        row.pk, row.recorded_at = uuid4(), at
        row._state.adding = True
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        CountedType.objects.bulk_create(
            CountedType(counted=row, family=family_of(code), form=form_of(code), code=code) for code in codes
        )


def a_month(at: datetime = JANUARY) -> None:
    """A month with enough in it to publish: most in Lombok Timur, some elsewhere, a few small counts to hide."""
    victims(40, at=at)
    victims(14, ["JK.4"], sex="L", at=at)
    victims(12, ["K.F", "K.P"], age="12-17", at=at)
    victims(3, ["PA.2", "K.S.5"], age="12-17", at=at)
    victims(11, ["BS.1"], area=PENEDA_GANDOR, at=at)
    victims(30, ["AD.3"], area=ELSEWHERE[0], sex="L", at=at)
    victims(2, ["K.S.1"], area=ELSEWHERE[0], at=at)
    victims(25, ["AD.1"], area=ELSEWHERE[1], at=at)


def a_quarter() -> None:
    """January to March, each like that."""
    for days in (0, 31, 60):
        a_month(JANUARY + timedelta(days=days))


def over(month: str) -> datetime:
    """A day after the month has ended."""
    return closing(month) + timedelta(days=1)


def decided(cast: Cast, *, now: datetime) -> Proposal:
    """The next month proposed by Fitri and worked out."""
    return compute_proposal(WORKER, propose_release(cast.fitri.actor, now=now), now=now)


def released(cast: Cast, *, now: datetime) -> list[Release]:
    """The next month, agreed to by Fitri and Dewi."""
    proposal = decided(cast, now=now)
    assert proposal.digest, proposal.refusal
    approve_release(cast.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=now)
    return approve_release(cast.dewi.actor, proposal, digest=proposal.digest, reason=WHY, now=now)
