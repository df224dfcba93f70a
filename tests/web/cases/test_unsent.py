"""What a phone kept without a signal: sent once, by who wrote it, and opened by nobody else."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from simpul.access.services import end_grant
from simpul.accounts.models import Device, DeviceKey
from simpul.accounts.services import check_pin, give_device_key, revoke_device
from simpul.accounts.throttle import PIN as POLICY
from simpul.audit.models import Act
from simpul.cases.models import Case
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.web.accounts.doors import COOKIE
from tests.cast import Cast, Played
from tests.factories.accounts import PIN, make_trusted
from tests.factories.cases import make_case, village
from tests.factories.envelopes import Fields, kept, sealed
from tests.marks import audits, denies
from tests.web.accounts.browsing import on_phone

NAME, STORY = "Inaq Contohwati", "Kartunya hilang di pasar"


@dataclass
class Phone:
    """A companion's phone that has opened the first screen once."""

    browser: Client
    device: Device
    public: str
    pin: str = PIN
    fields: dict[str, Any] = field(default_factory=dict)

    def keep(self, **more: Any) -> str:
        told = {**self.fields, **more}
        pairs: Fields = [(n, v) for n, value in told.items() for v in (value if isinstance(value, list) else [value])]
        return kept(self.public, self.device.pk, self.pin, pairs)

    def send(self, envelope: str, browser: Client | None = None, **more: Any) -> str:
        body = {"device": str(self.device.pk), "envelope": envelope, "waited": 60, **more}
        answer = (browser or self.browser).post("/kasus/baru/kirim/", json.dumps(body), content_type="application/json")
        assert answer["Cache-Control"] == "no-store"
        return str(answer.json()["state"])


def phone_of(cast: Cast, who: Played) -> Phone:
    assert who.user
    browser, device = on_phone(who.user)
    page = browser.get("/kasus/baru/")
    area = village()
    fields = {
        "key": str(uuid7()), "group": str(cast.lentera.pk), "area": "", "area-teks": area.title, "branch": "social",
        "types": ["AD.1"], "name": NAME, "sex": "P", "age_stated": "61", "narrative": STORY, "channel": "in_person",
        "relation": "self", "waited": "",
    }  # fmt: skip
    return Phone(browser, device, page.context["kit"].key, fields=fields)


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast, cast.ani)


def cookie_only(phone: Phone) -> Client:
    """The same phone, days later: nobody is signed in."""
    browser = Client()
    browser.cookies[COOKIE] = phone.browser.cookies[COOKIE].value
    return browser


def test_it_is_sent_once_however_often(cast: Cast, phone: Phone) -> None:
    envelope = phone.keep()
    assert [phone.send(envelope) for _ in range(3)] == ["sent"] * 3
    case = Case.objects.get()
    assert (str(case.pk), case.opened_by, case.area_id) == (phone.fields["key"], cast.ani.person, village().pk)


def test_it_is_sent_after_the_session_has_ended(cast: Cast, phone: Phone) -> None:
    assert phone.send(phone.keep(), cookie_only(phone)) == "sent"
    assert Case.objects.get().opened_by == cast.ani.person


def test_it_waits_while_somebody_else_is_signed_in_on_the_phone(cast: Cast, phone: Phone) -> None:
    """Budi opens the page on Ani's phone: what she wrote is neither his to see nor his to send."""
    browser, envelope = cast.budi.client(), phone.keep()
    browser.cookies[COOKIE] = phone.browser.cookies[COOKIE].value
    assert phone.send(envelope, browser) == "waits"
    assert not Case.objects.exists()
    assert phone.send(envelope) == "sent"


def test_it_is_sent_while_the_screen_is_locked(phone: Phone) -> None:
    session = phone.browser.session
    session["active_at"] = 0
    session.save()
    assert phone.send(phone.keep()) == "sent"


def test_two_of_them_are_two_cases(phone: Phone) -> None:
    assert phone.send(phone.keep()) == phone.send(phone.keep(key=str(uuid7()))) == "sent"
    assert Case.objects.count() == 2


def test_it_came_in_when_it_was_written(phone: Phone) -> None:
    phone.send(phone.keep(), waited=3 * 3600)
    case = Case.objects.get()
    assert case.recorded_at - case.received_at == timedelta(hours=3)


@pytest.mark.parametrize("waited", [-7200, 60 * 24 * 3600, None, "x", 10**30])
def test_a_clock_that_jumped_is_not_believed(phone: Phone, waited: object) -> None:
    assert phone.send(phone.keep(), waited=waited) == "sent"
    case = Case.objects.get()
    assert case.received_at == case.recorded_at


def test_what_is_missing_is_completed_on_the_page(phone: Phone) -> None:
    envelope = phone.keep(relation="")
    assert phone.send(envelope) == "incomplete"
    assert not Case.objects.exists()
    form = {"device": phone.device.pk, "envelope": envelope, "waited": "7200"}
    page = phone.browser.post("/kasus/baru/lanjut/", form)
    assert NAME in page.content.decode()
    assert page.context["form"].errors.keys() == {"relation"}
    answers = {**phone.fields, "relation": "self", "waited": "7200"}
    assert phone.browser.post("/kasus/baru/", answers).status_code == 302
    case = Case.objects.get()
    assert case.recorded_at - case.received_at == timedelta(hours=2)
    assert phone.send(envelope, ask=True) == "sent"


def test_asking_opens_nothing(phone: Phone) -> None:
    assert phone.send(phone.keep(), ask=True) == "waits"
    assert not Case.objects.exists()


def test_without_the_pin_nobody_learns_whether_a_case_of_another_is_there(cast: Cast, phone: Phone) -> None:
    """Its address stands in the browser's memory, and what seals an envelope is on the phone."""
    seen = make_case(cast.lentera, actor=cast.budi.actor)
    phone.pin = "111222"
    states = [phone.send(phone.keep(key=str(key)), ask=True) for key in (seen.pk, uuid7())]
    assert states == ["waits", "waits"]
    assert {phone.send(phone.keep(key=str(key))) for key in (seen.pk, uuid7())} == {"pin"}


def test_who_picks_up_the_phone_writes_in_nobodys_name(phone: Phone) -> None:
    phone.pin = "111222"
    assert phone.send(phone.keep()) == "pin"
    assert not Case.objects.exists()


def test_a_wrong_pin_is_tried_once_and_locks_nobody_out(cast: Cast, phone: Phone) -> None:
    right, phone.pin = phone.keep(key=str(uuid7())), "111222"
    wrong = phone.keep()
    assert [phone.send(wrong) for _ in range(20)] == ["pin"] * 20
    assert phone.send(right) == "pin"  # for as long as a wrong try stands
    secret = phone.browser.cookies[COOKIE].value
    assert POLICY.limit
    assert check_pin(phone.device, secret, pin=PIN, now=timezone.now()) == cast.ani.user
    assert phone.send(right) == "sent"


def test_another_phone_cannot_send_it(cast: Cast, phone: Phone) -> None:
    envelope = phone.keep()
    assert phone.send(envelope, Client()) == "pin"
    assert phone.send(envelope, phone_of(cast, cast.budi).browser) == "pin"
    assert not Case.objects.exists()


def test_another_person_cannot_open_it(cast: Cast, phone: Phone) -> None:
    form = {"device": phone.device.pk, "envelope": phone.keep(), "waited": ""}
    for who in (cast.budi, cast.hasan):
        answer = who.client().post("/kasus/baru/lanjut/", form)
        assert answer.status_code == 404
        assert NAME not in answer.content.decode()


def test_it_is_bound_to_its_phone(cast: Cast, phone: Phone) -> None:
    other = phone_of(cast, cast.budi)
    crossed = kept(phone.public, other.device.pk, PIN, [("key", str(uuid7()))])
    assert other.send(crossed) == "damaged"
    assert phone.send(crossed) == "damaged"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pin": 1, "fields": [1]}', '{"pin": "", "fields": [["key", "x"]]}'])
def test_an_envelope_with_something_else_inside_is_refused(phone: Phone, text: str) -> None:
    assert phone.send(sealed(phone.public, phone.device.pk, text)) == "damaged"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"device": 1}', b'{"device": "x"}', b"\xff", b"1" * 200_000, b"[" * 100_000]
)
def test_what_is_no_envelope_is_refused(body: bytes) -> None:
    answer = Client().post("/kasus/baru/kirim/", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"state": "damaged"})


def test_a_number_no_clock_says_is_no_time_at_all(phone: Phone) -> None:
    form = {"device": phone.device.pk, "envelope": phone.keep(relation=""), "waited": "9" * 5_000}
    page = phone.browser.post("/kasus/baru/lanjut/", form)
    assert (page.status_code, page.context["form"]["waited"].value()) == (200, "")


def test_one_letter_changed_opens_nothing(phone: Phone) -> None:
    envelope = phone.keep()
    changed = envelope[:-9] + ("A" if envelope[-9] != "A" else "B") + envelope[-8:]
    assert phone.send(changed) == "damaged"


def test_a_device_that_is_removed_takes_its_key_along(cast: Cast, phone: Phone) -> None:
    envelope = phone.keep()
    revoke_device(cast.ani.actor, phone.device, now=timezone.now())
    assert phone.send(envelope) == "gone"
    assert not DeviceKey.objects.exists()
    assert not Case.objects.exists()


def test_a_role_that_ended_opens_no_case(cast: Cast, phone: Phone) -> None:
    envelope = phone.keep()
    assert cast.ani.person
    grant = cast.ani.person.grants.get()
    end_grant(cast.budi.actor, grant, reason="selesai", now=timezone.now())
    assert phone.send(envelope) == "refused"
    assert not Case.objects.exists()


def test_where_others_use_the_browser_too_nothing_is_kept(cast: Cast) -> None:
    assert cast.ani.client().get("/kasus/baru/").context["kit"] is None


def test_the_shell_holds_nothing_of_anybody(cast: Cast, phone: Phone) -> None:
    page = phone.browser.get("/kasus/baru/tanpa-sinyal/").content.decode()
    assert "csrfmiddlewaretoken" not in page
    for text in (str(cast.lentera.pk), cast.lentera.name, str(phone.device.pk), phone.public, "HP Lentera"):
        assert text not in page


@pytest.mark.parametrize("cases", [1, 3])
def test_the_first_screen_costs_the_same(
    cast: Cast, phone: Phone, django_assert_max_num_queries: Any, cases: int
) -> None:
    for _ in range(cases):
        phone.send(phone.keep(key=str(uuid7())))
    with django_assert_max_num_queries(12):
        phone.browser.get("/kasus/baru/")
    with django_assert_max_num_queries(12):
        phone.browser.get("/kasus/baru/tanpa-sinyal/")


def test_the_envelope_tells_little_by_its_length(phone: Phone) -> None:
    assert len(phone.keep(narrative="")) == len(phone.keep(narrative="Dipukul suaminya"))


def test_the_worker_keeps_its_scope_to_the_first_screen(phone: Phone) -> None:
    source = phone.browser.get("/kasus/baru/sw.js").content.decode()
    told = json.loads(source.split("\n")[0].removeprefix("const TOLD = ").removesuffix(";"))
    assert (told["pages"], told["shell"]) == ("^/kasus/baru/$", "/kasus/baru/tanpa-sinyal/")
    assert all(path.startswith("/static/") for path in told["files"])
    assert "css/cases.css" in source


@denies(give_device_key)
def test_nobody_is_given_the_key_of_anothers_device(cast: Cast) -> None:
    assert cast.ani.user
    device, _secret = make_trusted(cast.ani.user)
    with pytest.raises(Denied):
        give_device_key(cast.budi.actor, device, now=timezone.now())
    revoke_device(cast.ani.actor, device, now=timezone.now())
    device.refresh_from_db()
    with pytest.raises(Denied):
        give_device_key(cast.ani.actor, device, now=timezone.now())


@audits(give_device_key)
def test_a_key_is_given_once(cast: Cast) -> None:
    assert cast.ani.user
    device, _secret = make_trusted(cast.ani.user)
    keys = {give_device_key(cast.ani.actor, device, now=timezone.now()) for _ in range(2)}
    assert len(keys) == DeviceKey.objects.count() == 1
    assert Act.objects.filter(act="accounts.give_device_key", ref_id=device.pk).count() == 1


def test_a_kept_pin_is_refused_without_being_compared_after_a_wrong_one(cast: Cast, phone: Phone) -> None:
    secret = phone.browser.cookies[COOKIE].value
    with pytest.raises(Invalid):
        check_pin(phone.device, secret, pin="111222", now=timezone.now())
    assert phone.send(phone.keep()) == "pin"
    assert UUID(phone.fields["key"])
    assert not Case.objects.exists()
