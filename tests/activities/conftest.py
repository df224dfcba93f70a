"""One workshop of a foundation, and the people around it."""

from dataclasses import dataclass

import pytest

from simpul.activities.models import Event
from simpul.kernel.actor import Member, Reach, ResolvedGrant
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from tests.factories.activities import make_event
from tests.factories.organisations import make_organisation


def worker(organisation: Organisation, *permissions: str) -> Member:
    """Somebody with these permissions at one organisation; without any, somebody of it all the same."""
    held = dict.fromkeys(permissions or ("organisation.see_protected",), Reach.OWN)
    return Member(uuid7(), None, (ResolvedGrant("test", organisation.pk, None, held),), second_factor=True)


@dataclass
class Frame:
    host: Organisation
    event: Event
    planner: Member  # keeps the event
    door: Member  # receives people
    stranger: Member  # may both, elsewhere


@pytest.fixture
def frame(db: None) -> Frame:
    host, other = make_organisation(name="Yayasan Tuan Rumah"), make_organisation(name="Yayasan Tetangga")
    return Frame(
        host=host,
        event=make_event(host),
        planner=worker(host, "event.manage", "organisation.see_protected"),
        door=worker(host, "attendance.record", "organisation.see_protected"),
        stranger=worker(other, "event.manage", "attendance.record", "organisation.see_protected"),
    )
