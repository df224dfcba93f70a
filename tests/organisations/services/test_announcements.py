"""Announcements: to whom they went is written down, corrections are versions, who opened them is known."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Member
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Announcement, AnnouncementReading, AnnouncementVersion, Organisation
from simpul.organisations.queries.announcements import (
    announcement_for,
    announcements_for,
    readers_of,
    unread_for,
    versions_of,
)
from simpul.organisations.services.announcements import announce, correct_announcement, read_announcement
from tests.factories.networks import admit, holder, make_network
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
TITLE = LocalizedText(id="Rapat bulanan", en="Monthly meeting")
BODY = LocalizedText(id="Jumat pukul 09.00 di sekretariat.", en="Friday, 9 am, at the secretariat.")


class World:
    """A network with a member, and a forum in it with a member of its own."""

    def __init__(self) -> None:
        self.network, self.forum = make_network(), make_network()
        self.near, self.far = make_organisation(name="Dekat"), make_organisation(name="Jauh")
        admit(self.network, self.forum, self.near)
        admit(self.forum, self.far)
        self.secretariat = holder("membership.manage", self.network)

    def reader(self, organisation: Organisation) -> Member:
        return holder("organisation.edit", organisation)

    def told(self, **more: object) -> Announcement:
        given = {"title": TITLE, "body": BODY, "levels": 2, **more}
        return announce(self.secretariat, self.network, now=NOW, **given)  # type: ignore[arg-type]


@denies(announce, correct_announcement, read_announcement)
def test_who_does_not_keep_the_network_tells_and_corrects_nothing() -> None:
    world = World()
    row = world.told()
    stranger = holder("membership.manage", make_network())
    with pytest.raises(Denied):
        announce(stranger, world.network, title=TITLE, body=BODY, now=NOW)
    with pytest.raises(Denied):
        correct_announcement(stranger, row, title=TITLE, body=BODY, seen=1, now=NOW)
    for nobody in (stranger, world.secretariat):
        with pytest.raises(NotFound):
            read_announcement(world.reader(make_organisation()) if nobody is stranger else stranger, row, now=NOW)
    with pytest.raises(NotFound):
        announcement_for(stranger, row.pk)


@audits(announce, correct_announcement, read_announcement)
def test_each_leaves_its_row_once() -> None:
    world = World()
    key, more = uuid7(), LocalizedText(id="Jumat pukul 10.00.")
    rows = [world.told(id=key) for _ in range(2)]
    assert rows[0] == rows[1]
    for _ in range(2):
        read_announcement(world.reader(world.far), rows[0], now=NOW)
        correct_announcement(world.secretariat, rows[0], title=TITLE, body=more, seen=1, now=NOW)
    acts = list(Act.objects.filter(ref_id=key).order_by("id").values_list("act", "details"))
    assert acts == [
        ("organisations.announce", {"recipients": 3}),
        ("organisations.read_announcement", {"number": 1}),
        ("organisations.correct_announcement", {"number": 2}),
        ("organisations.read_announcement", {"number": 2}),
    ]


def test_the_audience_is_as_wide_as_chosen_and_stays() -> None:
    world = World()
    wide, near = world.told(), world.told(levels=1)
    chosen = world.told(levels=None, chosen=[world.far])
    names = lambda row: {r.organisation.name for r in row.recipients.all()}  # noqa: E731
    assert (names(wide), names(near)) == (
        {"Dekat", "Jauh", world.forum.name},
        {"Dekat", world.forum.name},
    )
    assert names(chosen) == {"Jauh"}
    late = make_organisation()
    admit(world.network, late)
    assert late.name not in names(wide)
    assert announcements_for(world.reader(late)) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [({"levels": 0}, "levels"), ({"levels": 99}, "levels"), ({"levels": None}, "nobody"),
     ({"title": LocalizedText(id="x" * 161)}, "too_long"), ({"body": LocalizedText(id="x" * 4001)}, "too_long")],
)  # fmt: skip
def test_what_can_not_be_told_is_refused(said: dict[str, object], code: str) -> None:
    world = World()
    with pytest.raises(Invalid) as refused:
        world.told(**said)
    assert refused.value.code == code
    with pytest.raises(Invalid) as stranger:
        world.told(levels=None, chosen=[make_organisation()])
    assert stranger.value.code == "not_a_member"
    with pytest.raises(Invalid):
        announce(SYSTEM, world.near, title=TITLE, body=BODY, now=NOW)
    assert not Announcement.objects.exists()


def test_a_correction_is_a_version_and_never_silent() -> None:
    world = World()
    row, reader = world.told(), world.reader(world.near)
    read_announcement(reader, row, now=NOW)
    other = LocalizedText(id="Jumat pukul 10.00 di sekretariat.")
    correct_announcement(world.secretariat, row, title=TITLE, body=other, seen=1, now=NOW + timedelta(hours=1))
    assert [(v.number, str(v.body)) for v in versions_of(row)] == [(2, str(other)), (1, str(BODY))]
    near = next(r for r in readers_of(row, 2) if r.organisation == world.near)
    assert (near.read_at, near.had_read) == (None, True)
    with pytest.raises(Conflict) as refused:
        correct_announcement(world.secretariat, row, title=TITLE, body=BODY, seen=1, now=NOW)
    assert (refused.value.code, refused.value.theirs) == ("edited_meanwhile", {"number": 2})
    with pytest.raises(IntegrityError, match="announcementversion_appended"), transaction.atomic():
        AnnouncementVersion.objects.update(number=7)


def test_who_has_read_is_counted_by_organisation() -> None:
    world = World()
    row, colleague = world.told(), world.reader(world.near)
    assert (unread_for(world.reader(world.near)).count(), unread_for(world.secretariat).count()) == (1, 0)
    assert read_announcement(world.reader(world.near), row, now=NOW) == 1
    assert read_announcement(colleague, row, now=NOW + timedelta(days=1)) == 0
    both = holder("organisation.edit", world.near, world.far)
    assert read_announcement(both, row, now=NOW) == 1
    assert AnnouncementReading.objects.count() == 2
    [listed] = announcements_for(world.secretariat, world.network)
    assert (str(listed.title), listed.sent, listed.read, listed.mine) == ("Rapat bulanan", 3, 2, False)
    assert [r.organisation.name for r in readers_of(row, 1) if r.read_at is None] == [world.forum.name]
    assert announcements_for(colleague)[0].mine is True
    assert not unread_for(colleague)


def test_lists_cost_the_same_for_one_and_three(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    world = World()
    for _ in range(3):
        world.told()
        with django_assert_num_queries(2):
            announcements_for(world.secretariat, world.network)


def test_an_announcement_is_of_its_day() -> None:
    world = World()
    [row] = admit(world.network, make_organisation(), valid_from=date(2025, 7, 1))
    assert row.member_id not in set(world.told().recipients.values_list("organisation_id", flat=True))
