"""The pages of emergencies: naming who stands in, opening by a number and a reason, who may know of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.access import services
from simpul.access.models import Deputy, EmergencyOpening
from simpul.access.openable import Openable, only
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.notices.models import Notice
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.threads.registry import Knot, registered
from tests.cast import Cast
from tests.factories.access import make_grant
from tests.factories.accounts import make_user
from tests.factories.people import make_affiliation, make_person
from tests.web.access.test_pages import in_english, person_of, text_of

PATH = "/akses/darurat/"
REASON = "Penyintas menelepon malam ini; pendampingnya tidak bisa dihubungi."
CASE = RecordRef("cases.sample", uuid7())


def found_by_number(actor: Actor, organisation: Organisation, number: str) -> RecordRef | None:
    return CASE if (number, organisation.acronym) == ("K-0001", "KK Lentera") else None


@pytest.fixture
def cases() -> Iterator[None]:
    """A kind of records that can be opened, with a page that is there for whom it is open to."""
    knots = {CASE.uuid: Knot("Kasus K-0001")}
    with (
        only(Openable(CASE.kind, "Kasus", "Nomor kasus", found_by_number)),
        registered(CASE.kind, lambda ids, actor: {k: v for k, v in knots.items() if k in ids}, "/kasus/{}/".format),
    ):
        yield


def answers(cast: Cast, **more: str) -> dict[str, str]:
    sent = {"id": str(uuid7()), "organisasi": str(cast.lentera.pk), "kind": CASE.kind}
    return {**sent, "number": "K-0001", "reason": REASON, **more}


def opened(cast: Cast, *, hours_ago: int = 0) -> EmergencyOpening:
    now = timezone.now() - timedelta(hours=hours_ago)
    return services.break_glass(cast.budi.actor, CASE, organisation=cast.lentera, reason=REASON, now=now)


def name(cast: Cast) -> Deputy:
    return services.name_deputy(cast.budi.actor, person_of(cast.ani), organisation=cast.lentera, now=timezone.now())


def english(played: Any) -> Client:
    return in_english(played.client())


def test_a_coordinator_names_a_deputy_who_is_told_and_led_here(cast: Cast) -> None:
    browser = english(cast.budi)
    assert "Nobody yet." in text_of(browser.get(PATH))
    page = f"{PATH}wakil/{cast.lentera.pk}/"
    asked = text_of(browser.get(page))
    assert "Ani (Volunteer)" in asked
    assert "Budi (" not in asked
    for _twice in range(2):
        assert browser.post(page, {"orang": str(person_of(cast.ani).pk)}).headers["Location"] == PATH
    assert "Ani stands in for the coordinators" in text_of(browser.get(PATH))
    assert Deputy.objects.count() == 1
    notice = Notice.objects.get(kind="access.deputy_named").recipients.get()
    answer = cast.ani.client().post(f"/pemberitahuan/{notice.pk}/")
    assert answer.headers["Location"] == PATH
    assert f"You stand in at {cast.lentera.name}" in text_of(english(cast.ani).get(PATH))


def test_somebody_of_another_organisation_is_not_offered(cast: Cast) -> None:
    browser = english(cast.budi)
    answer = browser.post(f"{PATH}wakil/{cast.lentera.pk}/", {"orang": str(person_of(cast.hasan).pk)})
    assert (answer.status_code, Deputy.objects.count()) == (422, 0)


def test_the_deputy_may_stop_and_says_so_twice(cast: Cast) -> None:
    deputy = name(cast)
    browser = english(cast.ani)
    assert "Stop standing in" in text_of(browser.get(f"{PATH}wakil/{deputy.pk}/akhiri/"))
    for _twice in range(2):
        assert browser.post(f"{PATH}wakil/{deputy.pk}/akhiri/").headers["Location"] == PATH
    assert not Deputy.objects.filter(ended_at=None).exists()


@pytest.mark.usefixtures("cases")
def test_it_is_looked_over_before_it_opens_and_then_told(cast: Cast) -> None:
    browser, sent = english(cast.budi), answers(cast)
    form = browser.get(f"{PATH}buka/").content.decode()
    assert form.count('type="radio"') == 0, "one organisation, one kind: neither is asked"
    check = browser.post(f"{PATH}buka/", sent)
    assert [w for w in ("Kartika", "K-0001", REASON, "4 hours from now") if w not in text_of(check)] == []
    assert (check.headers["Cache-Control"], EmergencyOpening.objects.count()) == ("no-store", 0)
    for _twice in range(2):
        done = browser.post(f"{PATH}buka/", {**sent, "yakin": "ya"})
    opening = EmergencyOpening.objects.get()
    assert done.headers["Location"] == f"{PATH}{opening.pk}/?baru"
    page = browser.get(done.headers["Location"])
    shown = text_of(page)
    assert [w for w in ("It is open to you", "Kartika (has not opened it yet)", REASON) if w not in shown] == []
    assert f'href="/kasus/{CASE.uuid}/"' in page.content.decode()
    assert REASON not in done.headers["Location"]


@pytest.mark.usefixtures("cases")
def test_a_number_that_does_not_exist_is_only_answered_once_it_is_meant(cast: Cast) -> None:
    browser = english(cast.budi)
    assert browser.post(f"{PATH}buka/", answers(cast, number="K-0009")).status_code == 200
    answer = browser.post(f"{PATH}buka/", answers(cast, number="K-0009", yakin="ya"))
    assert answer.status_code == 422
    assert "There is no such number that you can open here" in text_of(answer)
    assert REASON in text_of(answer)


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("more", [{"reason": "mendesak"}, {"number": ""}, {"kind": "people.person"}, {"id": "x"}])
def test_what_is_missing_stands_beside_its_field(cast: Cast, more: dict[str, str]) -> None:
    answer = cast.budi.client().post(f"{PATH}buka/", answers(cast, **more))
    assert (answer.status_code, EmergencyOpening.objects.count()) == (422, 0)


@pytest.mark.usefixtures("cases")
def test_another_organisation_can_not_be_named(cast: Cast) -> None:
    answer = cast.budi.client().post(f"{PATH}buka/", answers(cast, organisasi=str(cast.other_group.pk), yakin="ya"))
    assert (answer.status_code, EmergencyOpening.objects.count()) == (422, 0)


@pytest.mark.usefixtures("cases")
def test_where_nobody_would_know_it_says_so_and_offers_no_button(cast: Cast) -> None:
    assert cast.kartika.user is not None
    cast.kartika.user.is_active = False
    cast.kartika.user.save()
    check = english(cast.budi).post(f"{PATH}buka/", answers(cast))
    assert "Nobody else would know of it" in text_of(check)
    assert 'name="yakin"' not in check.content.decode()


def test_where_nothing_can_be_opened_no_button_leads_there(cast: Cast) -> None:
    browser = english(cast.budi)
    with only():
        assert f"{PATH}buka/" not in browser.get(PATH).content.decode()
        assert "nothing is kept yet" in text_of(browser.get(f"{PATH}buka/"))


def test_the_supervisor_reads_why_and_the_operator_only_that(cast: Cast) -> None:
    opening = opened(cast)
    notice = Notice.objects.get(kind="access.glass_broken").recipients.get()
    kartika = english(cast.kartika)
    told = kartika.post(f"/pemberitahuan/{notice.pk}/")
    assert told.headers["Location"] == f"{PATH}{opening.pk}/"
    read = text_of(kartika.get(told.headers["Location"]))
    assert REASON in read
    assert "Kartika (opened it on" in read
    joko = text_of(english(cast.joko).get(f"{PATH}{opening.pk}/"))
    assert REASON not in joko
    assert "Kept for those who answer for this organisation" in joko


def test_it_is_closed_early_once_and_stays_in_the_list(cast: Cast) -> None:
    opening = opened(cast)
    browser = english(cast.budi)
    assert "Close it now" in text_of(browser.get(f"{PATH}{opening.pk}/"))
    for _twice in range(2):
        assert browser.post(f"{PATH}{opening.pk}/tutup/").status_code == 302
    assert "Close it now" not in text_of(browser.get(f"{PATH}{opening.pk}/"))
    assert "closed on" in text_of(browser.get(PATH))


@pytest.mark.usefixtures("cases")
def test_after_four_hours_the_page_leads_to_no_record(cast: Cast) -> None:
    opening = opened(cast, hours_ago=5)
    page = cast.budi.client().get(f"{PATH}{opening.pk}/").content.decode()
    assert f"/kasus/{CASE.uuid}/" not in page
    assert "/tutup/" not in page


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for _ in range(more):
        ref = RecordRef(CASE.kind, uuid7())
        services.break_glass(cast.budi.actor, ref, organisation=cast.lentera, reason=REASON, now=timezone.now())
    browser = cast.kartika.client()
    browser.get(PATH)
    with django_assert_num_queries(7):
        page = browser.get(PATH).content.decode()
    assert page.count('<tr><th scope="row">') == more


def test_an_opening_costs_the_same_however_many_were_told(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(3):
        person = make_person(name=f"Koordinator {number}", user=make_user())
        make_affiliation(person, cast.lentera)
        make_grant(person, "coordinator", cast.lentera)
    opening = opened(cast)
    browser = cast.budi.client()
    browser.get(PATH)
    with django_assert_num_queries(7):
        browser.get(f"{PATH}{opening.pk}/")


def test_nothing_of_it_leaves_by_a_button(cast: Cast) -> None:
    opening = opened(cast)
    for path in (PATH, f"{PATH}{opening.pk}/", f"{PATH}buka/", f"{PATH}wakil/{cast.lentera.pk}/"):
        page = cast.budi.client().get(path).content.decode()
        assert 'class="seal"' in page
        assert "wa.me" not in page
        assert "Cetak" not in page
    assert Person.objects.count() > 0
