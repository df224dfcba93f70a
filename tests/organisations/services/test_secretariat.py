"""The service log, the way to readiness, the board of needs and offers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Member
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import BoardEntry, BoardReply, Organisation, ReadinessRecord, ServiceRecord
from simpul.organisations.queries.board import board_of, entry_for, own_in, reply_for, seen_by
from simpul.organisations.queries.readiness import count_ways, stage_record_for, ways_in
from simpul.organisations.queries.service_records import count_services, service_for, services_for, unserved
from simpul.organisations.services.board import agree_to_reply, close_entry, post_entry, reply_to_entry
from simpul.organisations.services.readiness import reach_stage, withdraw_stage
from simpul.organisations.services.service_records import log_service, withdraw_service
from tests.factories.networks import admit, holder, make_network
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
TODAY, MAY = date(2025, 6, 1), date(2025, 5, 1)
PERIOD = {"since": date(2025, 1, 1), "until": date(2026, 1, 1)}


def keeper(network: Organisation) -> Member:
    return holder("membership.manage", network)


def editor(organisation: Organisation) -> Member:
    return holder("organisation.edit", organisation)


def served(network: Organisation, *members: Organisation, kind: str = "LS.07", **more: object) -> ServiceRecord:
    given = {"served_on": MAY, "outcome": "done", "now": NOW, **more}
    return log_service(SYSTEM, network, kind=kind, members=members, **given)  # type: ignore[arg-type]


def stated(network: Organisation, one: Organisation, stage: str, **more: object) -> ReadinessRecord:
    given = {"reached_on": MAY, "evidence": "Daftar hadir", "now": NOW, **more}
    return reach_stage(SYSTEM, network, organisation=one, stage=stage, **given)  # type: ignore[arg-type]


def posted(network: Organisation, one: Organisation, **more: object) -> BoardEntry:
    given = {"side": "need", "kind": "place", "title": "Ruang rapat", "contact": "0812 0000 1111", "now": NOW, **more}
    return post_entry(SYSTEM, network, organisation=one, **given)  # type: ignore[arg-type]


def replied(entry: BoardEntry, one: Organisation, **more: object) -> BoardReply:
    given = {"words": "Aula kami kosong", "contact": "0813 2222 3333", "now": NOW, **more}
    return reply_to_entry(SYSTEM, entry, organisation=one, **given)  # type: ignore[arg-type]


@denies(log_service, withdraw_service, reach_stage, withdraw_stage)
def test_the_log_is_the_secretariats() -> None:
    network, member = make_network(), make_organisation()
    admit(network, member)
    record, stage = served(network, member), stated(network, member, "trained")
    for stranger in (keeper(make_network()), holder("membership.manage", member)):
        for act in (
            lambda who: log_service(who, network, kind="LS.01", served_on=MAY, outcome="done", now=NOW),
            lambda who: withdraw_service(who, record, now=NOW),
            lambda who: reach_stage(
                who, network, organisation=member, stage="ready", reached_on=MAY, evidence="Surat", now=NOW
            ),
            lambda who: withdraw_stage(who, stage, now=NOW),
        ):
            with pytest.raises(Denied):
                act(stranger)
        with pytest.raises(NotFound):
            service_for(stranger, record.pk)
        with pytest.raises(NotFound):
            stage_record_for(stranger, stage.pk)
        assert not services_for(stranger, network, **PERIOD).exists()


@audits(
    log_service,
    withdraw_service,
    reach_stage,
    withdraw_stage,
    post_entry,
    reply_to_entry,
    agree_to_reply,
    close_entry,
)
def test_every_act_leaves_one_row_however_often_it_is_sent() -> None:
    network, member, other = make_network(), make_organisation(), make_organisation()
    admit(network, member, other)
    key, entry_key = uuid7(), uuid7()
    for _ in range(2):
        record = served(network, member, id=key, summary="Pak Lurah menelepon")
        stage = stated(network, member, "trained")
        entry = posted(network, member, id=entry_key)
        reply = agree_to_reply(SYSTEM, replied(entry, other), now=NOW)
        assert reply.agreed_at == NOW
    for _ in range(2):
        withdraw_service(SYSTEM, record, now=NOW)
        withdraw_stage(SYSTEM, stage, now=NOW)
        close_entry(SYSTEM, entry, now=NOW)
    acts = list(Act.objects.exclude(act="organisations.admit_member").order_by("id").values_list("act", flat=True))
    assert acts == [
        f"organisations.{act}"
        for act in (
            "log_service", "reach_stage", "post_entry", "reply_to_entry", "agree_to_reply",
            "withdraw_service", "withdraw_stage", "close_entry",
        )
    ]  # fmt: skip
    assert "Lurah" not in str(list(Act.objects.values_list("details", flat=True)))


def test_services_are_counted_by_kind_and_by_distinct_member() -> None:
    network, a, b, c = make_network(), *(make_organisation(name=n) for n in "ABC")
    admit(network, a, b, c)
    served(network, a, b)
    served(network, a)
    served(network, kind="LS.03")
    withdraw_service(SYSTEM, served(network, c), now=NOW)
    served(network, c, served_on=date(2024, 5, 31))
    counts = {
        row.kind.value: (row.times, row.members, row.for_all) for row in count_services(SYSTEM, network, **PERIOD)
    }
    assert len(counts) == 12
    assert (counts["LS.07"], counts["LS.03"], counts["LS.01"]) == ((2, 2, 0), (1, 0, 1), (0, 0, 0))
    assert [row.name for row in unserved(SYSTEM, network, on=TODAY)] == ["C"]
    assert [row.name for row in unserved(SYSTEM, network, on=date(2025, 5, 30))] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "LS.99"}, "kind"), ({"outcome": "gagal"}, "outcome"), ({"served_on": date(2031, 1, 1)}, "served_on"),
     ({"summary": "x" * 301}, "summary")],
)  # fmt: skip
def test_a_wrong_service_is_refused(wrong: dict[str, object], field: str) -> None:
    network = make_network()
    with pytest.raises(Invalid) as refused:
        served(network, **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field
    with pytest.raises(Invalid) as stranger:
        served(network, make_organisation())
    assert stranger.value.code == "not_a_member"


def test_the_same_key_for_another_service_is_told() -> None:
    network, key = make_network(), uuid7()
    served(network, id=key)
    with pytest.raises(Conflict) as refused:
        served(network, id=key, kind="LS.01")
    assert refused.value.code == "id_taken"


def test_stages_come_in_their_order_and_count_whoever_passed_them() -> None:
    network, one, two, born = make_network(), make_organisation(name="A"), make_organisation(name="B"), make_network()
    with pytest.raises(Conflict) as early:
        stated(network, one, "ready")
    assert (early.value.code, early.value.theirs) == ("too_early", {"needed": "trained"})
    trained = stated(network, one, "trained")
    with pytest.raises(Conflict):
        stated(network, one, "ready", reached_on=date(2025, 4, 30))
    stated(network, one, "ready")
    with pytest.raises(Invalid) as whole:
        stated(network, one, "formed")
    assert whole.value.field == "formed"
    with pytest.raises(Invalid):
        stated(network, one, "formed", formed=make_organisation())
    stated(network, one, "formed", formed=born, reached_on=TODAY)
    stated(network, two, "trained")
    with pytest.raises(Conflict) as another_day:
        stated(network, two, "trained", reached_on=TODAY)
    assert another_day.value.code == "stated_already"
    with pytest.raises(Conflict) as built:
        withdraw_stage(SYSTEM, trained, now=NOW)
    assert built.value.code == "built_upon"
    ways = ways_in(SYSTEM, network, on=TODAY)
    assert [(way.organisation.name, way.stage) for way in ways] == [("A", "formed"), ("B", "trained")]
    assert list(count_ways(ways).values()) == [2, 1, 1]
    assert list(count_ways(ways_in(SYSTEM, network, on=MAY)).values()) == [2, 1, 0]


def test_a_stage_needs_evidence() -> None:
    with pytest.raises(Invalid) as refused:
        stated(make_network(), make_organisation(), "trained", evidence=" ")
    assert refused.value.field == "evidence"


@denies(post_entry, reply_to_entry, agree_to_reply, close_entry)
def test_the_board_is_for_those_who_agreed_to_be_members() -> None:
    network, member, other = make_network(), make_organisation(), make_organisation()
    admit(network, member, other)
    entry = posted(network, member)
    reply = replied(entry, other)
    outside = make_organisation()
    stranger = editor(outside)
    for act in (
        lambda: post_entry(
            stranger, network, organisation=outside, side="need", kind="place", title="X", contact="Y", now=NOW
        ),
        lambda: reply_to_entry(stranger, entry, organisation=outside, words="X", contact="Y", now=NOW),
        lambda: close_entry(stranger, entry, now=NOW),
        lambda: board_of(stranger, network, on=TODAY),
        lambda: entry_for(stranger, entry.pk),
        lambda: reply_for(editor(other), reply.pk),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Denied):
        agree_to_reply(editor(other), reply, now=NOW)
    with pytest.raises(Denied):
        close_entry(editor(other), entry, now=NOW)
    with pytest.raises(Denied):
        post_entry(
            editor(other), network, organisation=member, side="need", kind="place", title="X", contact="Y", now=NOW
        )
    assert own_in(editor(other), network, on=TODAY) == [other]


def test_contacts_are_told_to_both_once_they_agreed_and_lie_encrypted() -> None:
    network, member, other, third = make_network(), *(make_organisation() for _ in range(3))
    admit(network, member, other, third)
    entry = posted(network, member)
    reply, _also = replied(entry, other), replied(entry, third)
    assert seen_by(editor(other), entry).contact == ""
    assert [a.contact for a in seen_by(editor(member), entry).answers] == ["", ""]
    agree_to_reply(editor(member), reply, now=NOW)
    assert seen_by(editor(other), entry).contact == "0812 0000 1111"
    assert [a.contact for a in seen_by(editor(member), entry).answers] == ["0813 2222 3333", ""]
    seen = seen_by(editor(third), entry)
    assert (seen.contact, [a.reply.organisation for a in seen.answers]) == ("", [third])
    secretariat = seen_by(keeper(network), entry)
    assert (secretariat.contact, secretariat.answers, secretariat.may_close) == ("", (), True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM organisations_boardentry")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT * FROM organisations_boardreply")
        assert "0000 1111" not in stored + str(cursor.fetchall())


def test_an_entry_leaves_the_board_by_its_day_or_when_closed() -> None:
    network, member, other = make_network(), make_organisation(), make_organisation()
    admit(network, member, other)
    entry, soon = posted(network, member), posted(network, member, title="Proyektor", until=date(2025, 6, 3))
    titles = lambda on: {row.title for row in board_of(editor(other), network, on=on)}  # noqa: E731
    assert titles(TODAY) == {"Ruang rapat", "Proyektor"}
    assert titles(date(2025, 6, 3)) == {"Ruang rapat"}
    close_entry(keeper(network), entry, now=NOW)
    assert titles(TODAY) == {"Proyektor"}
    with pytest.raises(Conflict) as closed:
        replied(entry, other)
    assert closed.value.code == "closed"
    with pytest.raises(Conflict):
        replied(soon, other, now=NOW + timedelta(days=9))
    with pytest.raises(IntegrityError, match="boardentry_appended"), transaction.atomic():
        BoardEntry.objects.update(title="Lain")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"contact": ""}, "contact"), ({"side": "jual"}, "side"), ({"kind": "x"}, "kind"),
     ({"until": TODAY}, "until"), ({"until": date(2026, 6, 1)}, "until"), ({"text": "x" * 1001}, "text")],
)  # fmt: skip
def test_a_wrong_entry_is_refused(wrong: dict[str, object], field: str) -> None:
    network, member = make_network(), make_organisation()
    admit(network, member)
    with pytest.raises(Invalid) as refused:
        posted(network, member, **wrong)
    assert refused.value.field == field
    with pytest.raises(Invalid) as own:
        replied(posted(network, member), member)
    assert own.value.code == "own_entry"
