"""An entry made by mistake goes again, as long as nobody relies on it."""

from datetime import UTC, datetime, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import PartialDate
from simpul.organisations.models import DirectoryTerm, Organisation
from simpul.organisations.services.names import rename_organisation
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.withdrawal import withdraw_registration
from simpul.threads.models import Link
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import SYSTEM
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
