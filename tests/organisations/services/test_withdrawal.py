"""An entry made by mistake goes again, as long as nobody relies on it."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import PartialDate
from simpul.organisations.models import DirectoryTerm, Organisation
from simpul.organisations.services.names import rename_organisation
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.withdrawal import Withdrawal, withdraw_registration, withdraw_registrations
from simpul.threads.models import Link
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def entry(cast: Cast) -> Organisation:
    return register_organisation(cast.dewi.actor, kind="OT.Y", name="Yayasan Salah Ketik", now=NOW)


@denies(withdraw_registration)
def test_only_who_entered_it_or_keeps_it_takes_it_back(cast: Cast) -> None:
    made = entry(cast)
    for key in ("joko", "budi", "publik"):
        with pytest.raises(Denied):
            withdraw_registration(getattr(cast, key).actor, made, seen_version=1, now=NOW)
    assert Organisation.objects.filter(pk=made.pk).exists()


@audits(withdraw_registration)
def test_it_goes_with_its_names_and_leaves_the_act(cast: Cast) -> None:
    made = entry(cast)
    withdraw_registration(cast.dewi.actor, made, seen_version=1, now=NOW)
    withdraw_registration(cast.dewi.actor, made, seen_version=1, now=NOW)
    assert not Organisation.objects.filter(pk=made.pk).exists()
    assert not DirectoryTerm.objects.filter(term__startswith="yayasansalah").exists()
    assert Act.objects.filter(act="organisations.withdraw_registration", ref_id=made.pk).count() == 1


def test_one_that_was_changed_since_stays(cast: Cast) -> None:
    made = entry(cast)
    with pytest.raises(Conflict):
        withdraw_registration(cast.dewi.actor, made, seen_version=made.version + 1, now=NOW)


def test_one_that_bore_another_name_by_now_stays(cast: Cast) -> None:
    made = entry(cast)
    rename_organisation(SYSTEM, made, name="Yayasan Benar", since=PartialDate(NOW.date()), now=NOW)
    with pytest.raises(Conflict):
        withdraw_registration(cast.dewi.actor, made, seen_version=1, now=NOW)


def test_one_that_others_rely_on_stays(cast: Cast) -> None:
    made = entry(cast)
    make_programme(made)
    with pytest.raises(Conflict):
        withdraw_registration(cast.dewi.actor, made, seen_version=1, now=NOW)


def test_one_that_hangs_on_a_thread_stays(cast: Cast) -> None:
    made = entry(cast)
    other = RecordRef("organisations.organisation", cast.forum.pk)
    Link.objects.create(
        source_kind=made.ref.kind, source_id=made.pk, relation="about", target_kind=other.kind, target_id=other.uuid,
        recorded_at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflict):
        withdraw_registration(cast.dewi.actor, made, seen_version=1, now=NOW)


def test_after_thirty_days_it_stays(cast: Cast) -> None:
    made = entry(cast)
    with pytest.raises(Conflict):
        withdraw_registration(cast.dewi.actor, made, seen_version=1, now=datetime.now(UTC) + timedelta(days=31))


def others(cast: Cast, number: int) -> list[Organisation]:
    return [register_organisation(cast.dewi.actor, kind="OT.Y", name=f"Yayasan {n}", now=NOW) for n in range(number)]


@denies(withdraw_registrations)
def test_many_stay_for_who_neither_entered_nor_keeps_them(cast: Cast) -> None:
    made = others(cast, 2)
    refused = withdraw_registrations(cast.budi.actor, [Withdrawal(row.pk, 1) for row in made], now=NOW)
    assert {pk: type(why) for pk, why in refused.items()} == {row.pk: Denied for row in made}
    assert Organisation.objects.filter(pk__in=[row.pk for row in made]).count() == 2


@audits(withdraw_registrations)
def test_of_many_only_those_stay_that_somebody_relies_on(cast: Cast) -> None:
    relied_on, changed, gone, never = *others(cast, 3), make_organisation(name="Milik Orang Lain")
    make_programme(relied_on)
    wanted = [Withdrawal(relied_on.pk, 1), Withdrawal(changed.pk, 9), Withdrawal(gone.pk, 1), Withdrawal(never.pk, 1)]
    refused = withdraw_registrations(cast.dewi.actor, wanted, now=NOW)
    assert {pk: getattr(why, "code", "denied") for pk, why in refused.items()} == {
        relied_on.pk: "built_upon",
        changed.pk: "edited_meanwhile",
        never.pk: "denied",
    }
    assert not Organisation.objects.filter(pk=gone.pk).exists()
    assert Act.objects.filter(act="organisations.withdraw_registration").count() == 1


def test_many_are_taken_back_in_as_many_queries_as_a_few(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (2, 12):
        made = [Withdrawal(row.pk, 1) for row in others(cast, number)]
        with django_assert_max_num_queries(160 + 4 * number):
            assert withdraw_registrations(cast.dewi.actor, made, now=NOW) == {}
