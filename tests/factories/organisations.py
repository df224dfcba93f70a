"""Organisations for tests, with sensible words in every field a test does not name."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from simpul.kernel.actor import Member, Reach, ResolvedGrant, System
from simpul.kernel.ids import uuid7
from simpul.kernel.time import PartialDate
from simpul.organisations.institutions import InstitutionKind, Need
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import relist, sort_key_of
from simpul.organisations.models import Organisation, OrganisationName, ServicePoint
from simpul.organisations.services.service_points import add_service_point
from simpul.territory.models import Area
from tests.factories.territory import areas

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
TODAY = date(2025, 2, 7)
SYSTEM = System("tests")

_numbers = count(1)


def make_organisation(
    *,
    name: str = "",
    acronym: str = "",
    kind: str = OrganisationKind.FOUNDATION,
    seat: str | Area | None = None,
    founded: PartialDate | None = None,
    hidden: bool = False,
    id: UUID | None = None,  # noqa: A002
) -> Organisation:
    """Written straight into its tables, without an audit row. `seat` is an area or the code of a real one."""
    name = name or f"Yayasan Contoh {next(_numbers)}"
    organisation = Organisation.objects.create(
        id=id or uuid7(),
        kind=kind,
        name=name,
        acronym=acronym,
        sort_key=sort_key_of(name),
        seat=areas(seat)[0] if isinstance(seat, str) else seat,
        founded_on=founded.day if founded else None,
        founded_precision=founded.precision if founded else "",
        in_safety_mode=hidden,
    )
    OrganisationName.objects.create(organisation=organisation, name=name, acronym=acronym, recorded_at=NOW)
    relist(organisation)
    return organisation


def make_service_point(
    owner: Organisation,
    *serving: str,
    name: str = "",
    kind: str = InstitutionKind.WOMEN_AND_CHILD_UNIT,
    needs: tuple[str, ...] = (Need.VIOLENCE,),
    **details: object,
) -> ServicePoint:
    """`serving` are codes of real areas."""
    return add_service_point(
        SYSTEM,
        owner,
        kind=kind,
        name=name or f"UPTD PPA {next(_numbers)}",
        areas=areas(*serving or ("52.03",)),
        details={"needs": needs, **details},
        now=NOW,
    )


def someone(
    organisation: Organisation | None,
    *permissions: str,
    reach: Reach = Reach.OWN,
    area_code: str | None = None,
    person_id: UUID | None = None,
) -> Member:
    """A member with one grant at the organisation (None: on the node) that carries these permissions."""
    held = dict.fromkeys(permissions, reach)
    return Member(
        uuid7(),
        person_id,
        (ResolvedGrant("tests", organisation.pk if organisation else None, area_code, held),),
    )
