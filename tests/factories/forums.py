"""Learning forums for tests: members of two kinds, a coordinator, statements of readiness."""

from datetime import UTC, date, datetime

from simpul.activities.forum_life import ORDER, Stage
from simpul.activities.kinds import EventKind
from simpul.activities.models import Event, ForumStage
from simpul.activities.services.forums import reach_forum_stage
from simpul.organisations.kinds import OrganisationKind as Kind
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector
from simpul.organisations.services.memberships import admit_member
from tests.factories.activities import came, make_held, somebody
from tests.factories.networks import make_network
from tests.factories.organisations import SYSTEM, make_organisation

SINCE = date(2024, 1, 1)
NOW = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)


def make_forum(*kinds: str, name: str = "", coordinated: bool = True, signed: bool = True) -> Organisation:
    """With a member of each of these kinds; the first coordinates."""
    forum = make_network(name, kind=Kind.LEARNING_FORUM)
    join(forum, *kinds or (Kind.FOUNDATION, Kind.REGIONAL_AGENCY), coordinated=coordinated, signed=signed)
    return forum


def join(forum: Organisation, *kinds: str, coordinated: bool = True, signed: bool = True) -> list[Organisation]:
    made = [make_organisation(kind=kind) for kind in kinds]
    for number, member in enumerate(made):
        role = "coordinator" if coordinated and not number else "member"
        admit_member(SYSTEM, forum, member=member, role=role, valid_from=SINCE, has_readiness_statement=signed, now=NOW)
    return made


def reach(forum: Organisation, stage: Stage = Stage.MAPPED, day: int = 1, **more: object) -> ForumStage:
    """On that day of February 2025."""
    if stage == Stage.ADVOCACY:
        more.setdefault("theme", Sector.PUBLIC_SERVICES)
    given = {"reached_on": date(2025, 2, day), "evidence": "Notulensi", **more}
    return reach_forum_stage(SYSTEM, forum, stage=stage, now=NOW, **given)  # type: ignore[arg-type]


def reach_all(forum: Organisation, last: Stage = Stage.ADVOCACY) -> list[ForumStage]:
    """Every stage up to the last, a day after the other."""
    way = ORDER[: ORDER.index(last) + 1]
    return [reach(forum, stage, day) for day, stage in enumerate(way, start=1)]


def meet(forum: Organisation, *came_from: Organisation, **more: object) -> Event:
    """A meeting that was held, with somebody of each of these."""
    more.setdefault("kind", EventKind.LEARNING_FORUM)
    event = make_held(forum, **more)
    came(event, *(somebody(organisation=one) for one in came_from))
    return event
