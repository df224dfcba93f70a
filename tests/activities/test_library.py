"""The library: kept by its owner, read by those it is for, and which group has read what."""

from datetime import date, timedelta
from typing import Any

import pytest

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import FileKind, ItemKind, Tongue
from simpul.activities.models import LibraryEdition, LibraryItem, LibraryReading
from simpul.activities.queries.library import (
    Shelf,
    by_group,
    edition_for,
    editions_of,
    groups_reading,
    item_for,
    items_for,
    languages_of,
    readings_for,
)
from simpul.activities.rules.library import EDITION
from simpul.activities.services.library import (
    add_item,
    change_item,
    note_reading,
    publish_item,
    withdraw_item,
    write_edition,
)
from simpul.audit.models import Act
from simpul.documents.policies import policy_of
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.services.safety import set_safety_mode
from tests.activities.conftest import worker
from tests.factories.library import NOW, TEXT, have_read, item_said, make_item
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PUBLIC = Anonymous()
LATER = NOW + timedelta(hours=1)
DAY = date(2025, 6, 19)


def test_an_item_is_read_in_its_languages_once_it_is_published() -> None:
    item = make_item(None, "sas", "id", published=False)
    with pytest.raises(NotFound):
        item_for(PUBLIC, item.pk)
    publish_item(SYSTEM, item, now=NOW)
    assert languages_of([item]) == {item.pk: [Tongue.INDONESIAN, Tongue.SASAK]}
    assert [row.language for row in editions_of(item)] == ["id", "sas"]
    assert edition_for(PUBLIC, item.pk, "sas").text == TEXT
    for language in ("en", "nothing"):
        with pytest.raises(NotFound):
            edition_for(PUBLIC, item.pk, language)


def test_without_a_language_nothing_is_published_and_withdrawn_it_is_for_its_keepers_alone() -> None:
    item = add_item(SYSTEM, make_organisation(), now=NOW, **item_said())
    with pytest.raises(Conflict, match="no_edition"):
        publish_item(SYSTEM, item, now=NOW)
    assert withdraw_item(SYSTEM, item, now=NOW).withdrawn_at is None
    write_edition(SYSTEM, item, language="id", text=TEXT, now=NOW)
    publish_item(SYSTEM, item, now=NOW)
    assert withdraw_item(SYSTEM, item, now=LATER).withdrawn_at == LATER
    assert withdraw_item(SYSTEM, item, now=LATER + timedelta(days=1)).withdrawn_at == LATER
    assert not items_for(PUBLIC).exists()
    assert items_for(worker(item.owner_organisation, "event.manage")).exists()
    again = publish_item(SYSTEM, item, now=LATER)
    assert (again.withdrawn_at, again.published_at) == (None, NOW)


def test_the_shelf_is_narrowed_by_kind_readers_subject_and_language() -> None:
    book = make_item(None, "id", "sas", sector="PPA")
    video = make_item(None, "id", kind=ItemKind.VIDEO, readers="forums")
    assert set(items_for(PUBLIC)) == {book, video}
    for shelf, found in (
        (Shelf(kind="video"), {video}),
        (Shelf(readers="groups"), {book}),
        (Shelf(sector="PPA"), {book}),
        (Shelf(language="sas"), {book}),
        (Shelf(kind="video", language="sas"), set()),
    ):
        assert set(items_for(PUBLIC, shelf)) == found


def test_who_sees_it_is_whom_it_is_for() -> None:
    host = make_organisation()
    inside = make_item(host, visibility=Visibility.HOSTS)
    assert not items_for(PUBLIC).exists()
    assert set(items_for(worker(host, "event.manage"))) == {inside}
    public = make_item(host)
    set_safety_mode(SYSTEM, host, on=True, reason_code="threat", now=NOW)
    with pytest.raises(NotFound):
        item_for(PUBLIC, public.pk)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"language": "xx", "text": "Halo"}, "unknown_choice", "language"),
        ({"language": "en"}, "nothing_in_it", "text"),
        ({"language": "en", "text": "x" * 60_001}, "too_long", "text"),
        ({"language": "en", "link": "not an address"}, "not_an_address", "link"),
        ({"language": "en", "text": "Halo", "minutes": 0}, "not_a_count", "minutes"),
    ],
)
def test_an_edition_with_nothing_in_it_is_refused(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid, match=code) as refusal:
        write_edition(SYSTEM, make_item(), now=NOW, **given)
    assert refusal.value.field == field


def test_two_who_rewrite_at_once_see_it_and_the_same_again_changes_nothing() -> None:
    item = make_item()
    assert write_edition(SYSTEM, item, language="id", text=TEXT, now=LATER).version == 1
    first = write_edition(SYSTEM, item, language="id", text="Baru", seen=1, now=LATER)
    assert (first.version, first.changed_at) == (2, LATER)
    with pytest.raises(Conflict, match="edited_meanwhile"):
        write_edition(SYSTEM, item, language="id", text="Lain", seen=1, now=LATER)
    with pytest.raises(Conflict, match="edited_meanwhile"):
        write_edition(SYSTEM, item, language="id", text="Lain", now=LATER)
    recording = make_item(kind=ItemKind.AUDIO)
    assert write_edition(SYSTEM, recording, language="sas", minutes=9, now=NOW).text == ""


def test_sent_twice_it_is_one_and_a_change_meets_another() -> None:
    host, key = make_organisation(), uuid7()
    item = add_item(SYSTEM, host, id=key, now=NOW, **item_said())
    assert add_item(SYSTEM, host, id=key, now=NOW, **item_said()) == item
    with pytest.raises(Conflict, match="id_taken"):
        add_item(SYSTEM, make_organisation(), id=key, now=NOW, **item_said())
    change_item(SYSTEM, item, seen=1, kind=ItemKind.GUIDE, now=NOW)
    with pytest.raises(Conflict, match="edited_meanwhile"):
        change_item(SYSTEM, item, seen=1, kind=ItemKind.VIDEO, now=NOW)
    with pytest.raises(ValueError, match="not to be written"):
        change_item(SYSTEM, item, seen=2, published_at=NOW, now=NOW)


def test_a_group_has_read_it_once_a_day_with_the_number_said_last() -> None:
    item, group = make_item(None, "id", "sas"), make_organisation()
    first = have_read(item, group, people=12)
    assert have_read(item, group, people=14, language="sas") == first
    have_read(item, group, read_on=date(2025, 5, 1))
    rows = list(readings_for(SYSTEM))
    assert [(row.read_on.month, row.people, row.language) for row in rows] == [(6, 14, "sas"), (5, None, "id")]
    (read,) = by_group(rows)
    assert [row.pk for row in read.readings] == [first.pk]  # each item once, as it was read last
    for given, code in (({"language": "xx"}, "unknown_choice"), ({"read_on": date(2026, 1, 1)}, "in_the_future")):
        with pytest.raises(Invalid, match=code):
            have_read(item, group, **given)


def test_readings_are_seen_by_the_group_by_who_keeps_the_item_and_by_nobody_else() -> None:
    owner, group, other = make_organisation(), make_organisation(), make_organisation()
    row = have_read(make_item(owner), group)
    have_read(make_item(), other)
    assert list(readings_for(worker(group, "attendance.record"))) == [row]
    assert list(readings_for(worker(owner, "event.manage"))) == [row]
    assert not readings_for(PUBLIC).exists()
    assert not readings_for(worker(group)).exists()
    assert groups_reading(worker(group, "attendance.record")) == [group]
    assert groups_reading(PUBLIC) == []


@denies(add_item, change_item, publish_item, withdraw_item, write_edition, note_reading)
def test_only_its_own_people_keep_it_and_only_a_groups_own_people_say_what_it_read() -> None:
    host, guest = make_organisation(), worker(make_organisation(), "event.manage", "attendance.record")
    item, draft = make_item(host), make_item(host, published=False)
    with pytest.raises(Denied, match=r"event\.manage"):
        add_item(guest, host, now=NOW, **item_said())
    acts: list[Any] = [
        lambda row: change_item(guest, row, seen=row.version, kind=ItemKind.GUIDE, now=NOW),
        lambda row: publish_item(guest, row, now=NOW),
        lambda row: withdraw_item(guest, row, now=NOW),
        lambda row: write_edition(guest, row, language="en", text="Hello", now=NOW),
    ]
    for act in acts:
        with pytest.raises(Denied, match=r"event\.manage"):
            act(item)
        with pytest.raises(NotFound):
            act(draft)
    with pytest.raises(Denied, match=r"attendance\.record"):
        note_reading(guest, item, organisation=host, language="id", read_on=DAY, now=NOW)
    with pytest.raises(NotFound):
        note_reading(guest, draft, organisation=host, language="id", read_on=DAY, now=NOW)


@audits(add_item, change_item, publish_item, withdraw_item, write_edition, note_reading)
def test_each_act_is_recorded_without_a_word_of_it() -> None:
    host = make_organisation()
    keeper = worker(host, "event.manage", "attendance.record")
    item = add_item(keeper, host, now=NOW, **item_said())
    write_edition(keeper, item, language="id", text="Rahasia", now=NOW)
    change_item(keeper, item, seen=1, kind=ItemKind.GUIDE, now=NOW)
    publish_item(keeper, item, now=NOW)
    note_reading(keeper, item, organisation=host, language="id", read_on=DAY, now=NOW)
    withdraw_item(keeper, item, now=NOW)
    acts = Act.objects.filter(user_id=keeper.user_id).order_by("pk")
    assert [act.act.removeprefix("activities.") for act in acts] == [
        "add_item", "write_edition", "change_item", "publish_item", "note_reading", "withdraw_item",
    ]  # fmt: skip
    assert "Rahasia" not in str([act.details for act in acts])
    assert (LibraryItem.objects.count(), LibraryEdition.objects.count(), LibraryReading.objects.count()) == (1, 1, 1)


def test_files_of_an_edition_go_with_its_item() -> None:
    policy = policy_of(EDITION)
    assert policy is not None
    item = make_item()
    row = editions_of(item)[0]
    assert policy.authorise(worker(item.owner_organisation, "event.manage"), row.ref) == item.owner_organisation_id
    with pytest.raises(Denied):
        policy.authorise(worker(make_organisation(), "event.manage"), row.ref)
    with pytest.raises(NotFound):
        policy.authorise(SYSTEM, item.ref)
    assert set(policy.kinds) == set(FileKind.values)


@pytest.mark.parametrize("many", [1, 3])
def test_languages_cost_one_query_however_many(many: int, django_assert_num_queries: Any) -> None:
    items = [make_item() for _ in range(many)]
    with django_assert_num_queries(1):
        assert len(languages_of(items)) == many
