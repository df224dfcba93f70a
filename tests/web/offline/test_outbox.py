"""What a phone takes along and what it delivers, as its browser asks for it."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from simpul.accounts.models import Device, Method
from simpul.accounts.models import Session as SignIn
from simpul.accounts.outboxes import Purpose, label, unboxed
from simpul.accounts.queries import outbox_key, outbox_words
from simpul.accounts.services import begin_session, give_device_key, revoke_device
from simpul.activities.models import Attendance, Event, Participant, Session
from simpul.activities.passes import new_receipt, pass_of
from simpul.kernel.ids import uuid7
from simpul.offline.models import Delivery, Kind
from simpul.web.accounts.doors import COOKIE
from simpul.web.offline.keeping import MOST_RECORDS
from tests.cast import Cast, Played
from tests.factories.accounts import make_trusted
from tests.factories.activities import enrol, make_event, session_of, somebody
from tests.factories.outboxes import opened, record

pytestmark = pytest.mark.django_db
NAME = "Inaq Contoh Lestari"
DELIVER = "/hadir/kirim/"


class Phone:
    """A trusted phone with a session that began with its PIN."""

    def __init__(self, who: Played) -> None:
        assert who.user
        self.who = who
        self.device, secret = make_trusted(who.user)
        self.browser = who.client()
        self.browser.cookies[COOKIE] = secret
        session = self.browser.session
        session["device"] = str(self.device.pk)
        session.save()
        row = SignIn.objects.filter(user=who.user).last() or begin_session(
            who.user, key=session.session_key, method=Method.PIN, now=timezone.now(), device=self.device, shared=False
        )
        self.sign_in = row.pk if row else SignIn.objects.get(user=who.user).pk
        give_device_key(who.actor, self.device, now=timezone.now())

    def ask(self, session: Session, **body: Any) -> Any:
        return self.browser.post(
            reverse("offline:kit", args=[session.pk]), json.dumps(body), content_type="application/json"
        )

    def record(self, session: Session, kind: Kind, content: dict[str, Any], **more: Any) -> dict[str, Any]:
        return record(self.device, self.sign_in, session, kind, content, **more)

    def deliver(self, *records: Any, browser: Client | None = None, **more: Any) -> list[dict[str, Any]]:
        told = {"device": str(self.device.pk), "sign_in": str(self.sign_in), "records": list(records), **more}
        answer = (browser or self.browser).post(DELIVER, json.dumps(told), content_type="application/json")
        assert answer.headers["Cache-Control"] == "no-store"
        found: list[dict[str, Any]] = answer.json()["answers"]
        return found

    def opened(self, answer: dict[str, str]) -> dict[str, Any]:
        return opened(self.device, self.sign_in, answer)


@pytest.fixture
def event(cast: Cast) -> Event:
    return make_event(cast.forum, starts_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def session(event: Event) -> Session:
    return session_of(event)


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone(cast.eko)


def test_the_list_lies_under_the_key_and_holds_names_and_digests_alone(phone: Phone, session: Session) -> None:
    row = enrol(session.event, somebody(NAME, phone="081234567890", sex="P", needs="Kursi roda"))
    answer = phone.ask(session)
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert NAME not in answer.content.decode()
    assert bytes.fromhex(told["key"]) == outbox_key(phone.device, phone.sign_in)
    assert told["words"] == outbox_words(phone.device, phone.sign_in)
    bound = label(Purpose.LIST, phone.device.pk, phone.sign_in, session.pk)
    text = unboxed(bytes.fromhex(told["key"]), bound, told["list"])
    assert json.loads(text)["people"] == [[str(row.participant_id), NAME, row.door_digest, False]]
    assert not [secret for secret in ("81234567890", "Kursi", row.pass_digest, row.receipt_digest) if secret in text]
    assert 0 < told["until"] <= timedelta(days=3).total_seconds()


def test_two_of_one_name_are_told_apart(phone: Phone, session: Session) -> None:
    for source in ("Kelompok Barat", "Kelompok Timur"):
        enrol(session.event, somebody(NAME, organisation_name=source))
    told = phone.ask(session).json()
    bound = label(Purpose.LIST, phone.device.pk, phone.sign_in, session.pk)
    people = json.loads(unboxed(bytes.fromhex(told["key"]), bound, told["list"]))["people"]
    assert [row[1] for row in people] == [f"{NAME} (Kelompok Barat)", f"{NAME} (Kelompok Timur)"]


def test_keys_of_earlier_sign_ins_are_told_to_their_owner_alone(phone: Phone, session: Session, cast: Cast) -> None:
    own, other = uuid7(), Phone(cast.budi)
    told = phone.ask(
        session,
        others=[
            {"device": str(phone.device.pk), "sign_in": str(own)},
            {"device": str(other.device.pk), "sign_in": str(other.sign_in)},
            {"device": "x"}, "y",
        ],
    ).json()["others"]  # fmt: skip
    assert told == {str(own): outbox_key(phone.device, own).hex()}


def test_a_browser_that_is_not_trusted_takes_nothing(cast: Cast, session: Session) -> None:
    answer = cast.eko.client().post(reverse("offline:kit", args=[session.pk]), "{}", content_type="application/json")
    assert answer.json().keys() == {"code", "said"}
    assert answer.json()["code"] == "untrusted"


def test_a_sensitive_event_gives_no_list(cast: Cast, phone: Phone) -> None:
    hidden = make_event(cast.forum, is_sensitive=True, starts_at=timezone.now())
    answer = phone.ask(session_of(hidden))
    assert answer.json()["code"] == "counts_only"


def test_records_are_answered_each_by_itself(phone: Phone, session: Session) -> None:
    receipt = new_receipt()
    enrol(session.event, somebody(NAME), receipt=receipt)
    records = [
        phone.record(session, Kind.ARRIVAL, {"code": pass_of(receipt)}, waited=600),
        phone.record(session, Kind.ARRIVAL, {"code": "2222222222"}),
        {**phone.record(session, Kind.STRANGER, {"name": "Amaq Contoh"}), "box": "AAAA"},
        phone.record(session, Kind.STRANGER, {"name": "Amaq Contoh"}),
    ]
    answers = phone.deliver(*records)
    assert [one["state"] for one in answers] == ["accepted", "refused", "damaged", "accepted"]
    assert NAME not in json.dumps(answers)
    told = phone.opened(answers[0])
    assert (told["name"], told["receipt"]) == (NAME, Delivery.objects.get(pk=records[0]["id"]).receipt)
    here = Attendance.objects.get(pk=records[0]["id"])
    assert here.arrived_at
    assert timedelta(seconds=590) < here.recorded_at - here.arrived_at < timedelta(seconds=610)
    assert [one["state"] for one in phone.deliver(*records)] == ["there", "refused", "damaged", "there"]


def test_it_is_delivered_behind_the_lock_and_after_the_session(phone: Phone, session: Session) -> None:
    """The phone's cookie, and a record under a key that only who had the sign-in or the words could use."""
    locked = phone.browser.session
    locked["locked"] = {SESSION_KEY: locked.pop(SESSION_KEY)}
    locked.save()
    assert phone.deliver(phone.record(session, Kind.STRANGER, {"name": "Satu"}))[0]["state"] == "accepted"
    alone = Client()
    alone.cookies[COOKIE] = phone.browser.cookies[COOKIE].value
    assert phone.deliver(phone.record(session, Kind.STRANGER, {"name": "Dua"}), browser=alone)[0]["state"] == "accepted"


def test_somebody_without_the_phone_delivers_nothing(phone: Phone, session: Session, cast: Cast) -> None:
    one = phone.record(session, Kind.STRANGER, {"name": NAME})
    for browser in (Client(), cast.budi.client()):
        assert phone.deliver(one, browser=browser) == [{"id": one["id"], "state": "waits"}]
    assert not Participant.objects.exists()


def test_a_file_read_on_another_phone_of_the_same_owner_is_delivered(phone: Phone, session: Session) -> None:
    one = phone.record(session, Kind.STRANGER, {"name": NAME})
    elsewhere = phone.who.client()
    assert phone.deliver(one, browser=elsewhere)[0]["state"] == "accepted"


def test_while_somebody_else_is_signed_in_it_waits(phone: Phone, session: Session, cast: Cast) -> None:
    neighbour = cast.budi.client()
    neighbour.cookies[COOKIE] = phone.browser.cookies[COOKIE].value
    one = phone.record(session, Kind.STRANGER, {"name": NAME})
    assert phone.deliver(one, browser=neighbour) == [{"id": one["id"], "state": "waits"}]


def test_of_a_phone_that_is_trusted_no_more_nothing_opens(phone: Phone, session: Session) -> None:
    one = phone.record(session, Kind.STRANGER, {"name": NAME})
    revoke_device(phone.who.actor, Device.objects.get(pk=phone.device.pk), now=timezone.now())
    assert phone.deliver(one) == [{"id": one["id"], "state": "gone"}]
    assert not Participant.objects.exists()


def test_a_record_under_another_record_s_number_is_damaged(phone: Phone, session: Session) -> None:
    one = phone.record(session, Kind.STRANGER, {"name": NAME})
    moved = str(uuid7())
    assert phone.deliver({**one, "id": moved}) == [{"id": moved, "state": "damaged"}]


@pytest.mark.parametrize("waited", [-1, None, "x", True, 10**12, 1e308, [], {}])
def test_a_clock_that_makes_no_sense_is_not_believed(phone: Phone, session: Session, waited: object) -> None:
    one = phone.record(session, Kind.STRANGER, {"name": NAME}, waited=waited)
    assert phone.deliver(one)[0]["state"] == "accepted"
    row = Attendance.objects.get()
    assert row.arrived_at
    assert abs(row.recorded_at - row.arrived_at) < timedelta(seconds=60)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"null", b'{"records": 1}', b'{"device": "x", "sign_in": "y", "records": []}', b"[" * 9999,
     json.dumps({"device": str(uuid7()), "sign_in": str(uuid7()), "records": [{}] * (MOST_RECORDS + 1)}).encode(),
     json.dumps({"device": str(uuid7()), "sign_in": str(uuid7()), "records": [1]}).encode()],
)  # fmt: skip
def test_what_is_no_delivery_is_refused(client: Client, body: bytes) -> None:
    answer = client.post(DELIVER, body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"answers": []})


def test_the_worker_may_keep_its_page_and_files_and_no_other_address(client: Client) -> None:
    source = client.get("/hadir/sw.js").content.decode()
    told = json.loads(re.match(r"const TOLD = (.+);\n", source)[1])  # type: ignore[index]
    assert told["shell"] == "/hadir/tanpa-sinyal/"
    assert [one for one in told["files"] if not one.startswith("/static/")] == []
    assert source.count(".put(") == 1
    assert "cache.put(TOLD.shell, shell)" in source
    assert source.count("addAll") == 1


def test_the_page_that_is_kept_tells_nothing_of_anybody(phone: Phone, session: Session, cast: Cast) -> None:
    enrol(session.event, somebody(NAME))
    kept = phone.browser.get("/hadir/tanpa-sinyal/").content.decode()
    other = cast.ani.client().get("/hadir/tanpa-sinyal/").content.decode()
    assert kept == other
    assert not [secret for secret in (NAME, str(session.pk), "csrf", "Eko") if secret in kept]


def test_the_clock_of_the_record_is_no_name_in_an_address(phone: Phone, session: Session) -> None:
    assert UUID(str(session.pk))
    page = phone.browser.get(reverse("offline:door", args=[session.pk]))
    assert page.headers["Cache-Control"] == "no-store"
    assert phone.browser.get(reverse("offline:door", args=[uuid7()])).status_code == 404
