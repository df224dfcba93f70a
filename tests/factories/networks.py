"""Networks, memberships and accompaniment for tests, through the services a person would use."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from simpul.kernel.actor import Actor, Member, Reach, ResolvedGrant, System
from simpul.kernel.localized import LocalizedText
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Accompaniment, Membership, Organisation, Programme
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.services.accompaniments import accompany_group
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.programmes import start_programme
from tests.factories.organisations import make_organisation

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
_numbers = count(1)


def make_network(name: str = "", *, kind: str = OrganisationKind.NETWORK, id: UUID | None = None) -> Organisation:  # noqa: A002
    return make_organisation(name=name or f"Jaringan Contoh {next(_numbers)}", kind=kind, id=id)


def make_group(name: str = "") -> Organisation:
    return make_organisation(name=name or f"KK Contoh {next(_numbers)}", kind=OrganisationKind.VILLAGE_GROUP)


def admit(
    network: Organisation,
    *members: Organisation,
    role: str = MembershipRole.MEMBER,
    valid_from: date | None = date(2024, 1, 1),
    valid_until: date | None = None,
    now: datetime = NOW,
) -> list[Membership]:
    return [
        admit_member(
            System("test"),
            network,
            member=member,
            role=role,
            valid_from=valid_from,
            valid_until=valid_until,
            now=now,
        )
        for member in members
    ]


def make_programme(
    owner: Organisation | None = None,
    *,
    acronym: str = "MADANI",
    valid_from: date | None = date(2019, 10, 1),
    valid_until: date | None = date(2024, 10, 1),
) -> Programme:
    return start_programme(
        System("test"),
        owner or make_organisation(),
        name=LocalizedText(id=f"Program {acronym}", en=f"{acronym} Programme"),
        acronym=acronym,
        valid_from=valid_from,
        valid_until=valid_until,
        now=NOW,
    )


def accompany(supporter: Organisation, group: Organisation, *, valid_from: date = date(2024, 1, 1)) -> Accompaniment:
    return accompany_group(System("test"), group, supporter=supporter, valid_from=valid_from, now=NOW)


def holder(permission: str, *organisations: Organisation, reach: Reach = Reach.OWN) -> Actor:
    """Somebody who holds this one permission at each of these organisations."""
    grants = tuple(ResolvedGrant("tester", o.pk, None, {permission: reach}) for o in organisations)
    return Member(None, None, grants)
