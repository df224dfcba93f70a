"""Who is told of an application, and who is asked once a year whether an organisation is still at work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simpul.access.tidings import ask_who_is_active
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice, Recipient
from simpul.organisations.admission import Act
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.queries.vouching import Stage, due_for_asking, stage_on
from simpul.organisations.receipts import new_receipt
from simpul.organisations.rounds import forget
from simpul.organisations.services.applicants import forget_applicant
from simpul.organisations.services.applications import move_application, refuse_application
from simpul.organisations.services.standing import confirm_active
from simpul.web.joining.leading import page_of_application, page_of_organisation
from tests.cast import Cast
from tests.factories.applications import NOW, TODAY, apply, verified
from tests.factories.organisations import SYSTEM, make_organisation
from tests.web.joining.test_applying import answers, number

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 1)


def told(kind: str, about: Organisation | MembershipApplication) -> set[str]:
    rows = Recipient.objects.filter(notice__kind=kind, notice__about_id=about.pk)
    return set(rows.values_list("user__person__name", flat=True))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def test_an_application_is_told_once_to_who_keeps_the_members(cast: Cast) -> None:
    from_public, sent = cast.publik.client(), answers(number=number(), langkah="kirim")
    apply(cast.network)
    for _ in range(2):
        from_public.post(f"/jejaring/{cast.network.pk}/gabung/", sent)
    row = MembershipApplication.objects.get(name="Yayasan Tani Makmur")
    assert told("organisations.application_received", row) == {"Dewi"}
    assert Notice.objects.count() == 1
    assert page_of_application(cast.dewi.actor, row.pk) == f"/kelola/permohonan/{row.pk}/"
    assert page_of_application(cast.eko.actor, row.pk) is None


def test_an_answer_is_told_too(cast: Cast) -> None:
    row = apply(cast.network, receipt=(receipt := new_receipt()))
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    move_application(SYSTEM, row, act=Act.ASK, words="Sejak kapan?", now=NOW)
    cast.publik.client().post("/permohonan/", {"receipt": receipt, "langkah": "answer", "words": "Sejak 2019"})
    assert told("organisations.application_answered", row) == {"Dewi"}


@pytest.mark.parametrize(
    ("days", "stage"),
    [(0, None), (334, None), (335, "soon"), (364, "soon"), (365, "over"), (394, "over"), (395, "silent")],
)
def test_the_year_is_asked_for_in_three_stages(days: int, stage: str | None) -> None:
    assert stage_on(DAY - timedelta(days=days), DAY) == stage


def test_its_own_people_are_asked_and_at_last_who_keeps_the_network(cast: Cast) -> None:
    confirm_active(SYSTEM, cast.lentera, confirmed_on=DAY, now=at(DAY))
    asked, silent = "organisations.ask_active", "organisations.silent_member"
    for days, notices in ((300, 0), (340, 1), (341, 1), (365, 2), (380, 2)):
        for _ in range(2):
            ask_who_is_active(at(DAY + timedelta(days=days)))
        assert Notice.objects.filter(about_id=cast.lentera.pk).count() == notices
    assert told(asked, cast.lentera) == {"Budi"}
    assert told(silent, cast.lentera) == set()
    ask_who_is_active(at(DAY + timedelta(days=395)))
    assert told(silent, cast.lentera) == {"Dewi", "Kartika"}
    confirm_active(SYSTEM, cast.lentera, confirmed_on=DAY + timedelta(days=396), now=at(DAY + timedelta(days=396)))
    before = Notice.objects.filter(about_id=cast.lentera.pk).count()
    ask_who_is_active(at(DAY + timedelta(days=400)))
    assert Notice.objects.filter(about_id=cast.lentera.pk).count() == before


def test_the_newly_registered_are_asked_after_a_month_and_the_dissolved_never() -> None:
    new, gone = make_organisation(), make_organisation()
    gone.dissolved_on, gone.dissolved_precision = date(2025, 2, 1), "day"
    gone.save()
    entered = date(2025, 2, 7)
    found = {due.organisation: due.stage for due in due_for_asking(SYSTEM, entered + timedelta(days=30))}
    assert found == {new: Stage.OVER}
    assert list(due_for_asking(System("tests"), entered - timedelta(days=40))) == []


def test_the_question_leads_to_its_page_for_who_may_answer(cast: Cast) -> None:
    assert page_of_organisation(cast.budi.actor, cast.lentera.pk) == f"/kelola/{cast.lentera.pk}/aktif/"
    assert page_of_organisation(cast.hasan.actor, cast.lentera.pk) == f"/jejaring/{cast.lentera.pk}/"
    assert page_of_organisation(cast.hasan.actor, uuid7()) is None


def test_the_contact_is_forgotten_half_a_year_after_the_decision(cast: Cast) -> None:
    row, waiting = verified(cast.network), apply(cast.network)
    refuse_application(SYSTEM, row, decided_by="Rapat", decided_on=TODAY, words="Belum", now=NOW)
    assert forget(lambda: NOW + timedelta(days=181)) == 0
    assert forget(lambda: NOW + timedelta(days=183)) == 1
    assert forget(lambda: NOW + timedelta(days=183)) == 0
    row.refresh_from_db()
    waiting.refresh_from_db()
    assert (row.contact_phone, waiting.forgotten_at) == (None, None)
    forget_applicant(SYSTEM, row, now=NOW + timedelta(days=200))
