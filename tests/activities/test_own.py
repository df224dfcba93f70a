"""One's own events; what a registration gains once its receipt is shown again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.activities.models import Registration
from simpul.activities.passes import door_digest, new_receipt, pass_of
from simpul.activities.queries.door import door_kit
from simpul.activities.queries.own import own_events
from simpul.activities.services.attendance import check_in
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.claiming import claim_registration, renew_door_digest
from simpul.activities.services.feedback import open_feedback
from simpul.activities.services.life import cancel_event, hold_event
from simpul.activities.services.participants import erase_participant
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, NotFound
from tests.activities.conftest import Frame
from tests.cast import Cast
from tests.factories.activities import NOW, START, SYSTEM, came, enrol, make_event, session_of, somebody
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def before_doors(receipt: str) -> Registration:
    """As it was made before phones were given digests."""
    row = enrol(make_event(), receipt=receipt)
    Registration.objects.filter(pk=row.pk).update(door_digest="")
    return Registration.objects.select_related("event", "participant").get(pk=row.pk)


def test_who_registered_before_doors_had_digests_is_known_to_a_phone_once_the_receipt_was_shown() -> None:
    receipt = new_receipt()
    row = before_doors(receipt)
    at = {"now": START - A_DAY}
    assert [one.digest for one in door_kit(SYSTEM, session_of(row.event), **at).people] == [""]
    assert [renew_door_digest(SYSTEM, row, receipt=receipt, now=NOW) for _twice in range(2)] == [True, False]
    shown = door_digest(row.event_id, pass_of(receipt))
    assert [one.digest for one in door_kit(SYSTEM, session_of(row.event), **at).people] == [shown]


@denies(claim_registration, renew_door_digest)
def test_only_who_holds_the_receipt_claims_it_or_makes_it_known(cast: Cast, frame: Frame) -> None:
    receipt = new_receipt()
    row = before_doors(receipt)
    for actor in (cast.eko.actor, frame.door, Anonymous()):
        for act in (claim_registration, renew_door_digest):
            with pytest.raises(NotFound):
                act(actor, row, receipt=new_receipt(), now=NOW)
    with pytest.raises(NotFound):
        claim_registration(Anonymous(), row, receipt=receipt, now=NOW)
    assert Registration.objects.get().door_digest == ""


@audits(claim_registration, renew_door_digest)
def test_it_stands_with_one_account_and_is_on_record_without_its_receipt(cast: Cast) -> None:
    receipt = new_receipt()
    row = before_doors(receipt)
    renew_door_digest(cast.eko.actor, row, receipt=receipt, now=NOW)
    for _twice in range(2):
        claim_registration(cast.eko.actor, row, receipt=receipt, now=NOW)
    with pytest.raises(Conflict) as refused:
        claim_registration(cast.ani.actor, row, receipt=receipt, now=NOW)
    assert refused.value.code == "taken"
    assert [one.registration for one in own_events(cast.eko.actor, now=NOW)] == [row]
    assert own_events(cast.ani.actor, now=NOW) == []
    acts = Act.objects.filter(act__in=["activities.claim_registration", "activities.renew_door_digest"])
    assert acts.count() == 2
    assert receipt not in str(list(acts.values()))


def test_what_was_erased_is_claimed_by_nobody(cast: Cast) -> None:
    receipt = new_receipt()
    row = before_doors(receipt)
    erase_participant(SYSTEM, row.participant, receipt=receipt, now=NOW)
    row.refresh_from_db()
    with pytest.raises(Conflict) as refused:
        claim_registration(cast.eko.actor, row, receipt=receipt, now=NOW)
    assert refused.value.code == "erased"


def full(cast: Cast, number: int) -> None:
    """An event of Eko's that is over, with a certificate, and asks what they thought."""
    event = make_event(cast.forum, starts_at=START + number * A_DAY)
    row = enrol(event, actor=cast.eko.actor, as_self=True)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=event.starts_at)
    came(event, *(somebody() for _number in range(5)))
    held = hold_event(SYSTEM, event, now=event.ends_at)
    set_certificate_rule(SYSTEM, held, measure="sessions", least=1, signer="Ibu Ketua", now=event.ends_at)
    issue_certificates(SYSTEM, held, now=event.ends_at)
    open_feedback(SYSTEM, held, questions=["useful"], now=event.ends_at)


def test_where_one_was_with_what_waits_there(cast: Cast) -> None:
    full(cast, 0)
    enrol(make_event(cast.forum, starts_at=START + 20 * A_DAY), actor=cast.eko.actor, as_self=True)
    enrol(make_event(cast.forum, starts_at=START + A_DAY), actor=cast.eko.actor, as_self=True)
    been, missed, coming = own_events(cast.eko.actor, now=START + 10 * A_DAY)
    assert (been.was_there, been.is_asked, been.by_letter, been.certificate is None) == (True, True, True, False)
    assert (missed.is_over, missed.was_there, missed.is_asked, missed.certificate) == (True, False, False, None)
    assert (coming.is_over, coming.was_there) == (False, False)


def test_of_a_cancelled_event_no_certificate_is_offered(cast: Cast) -> None:
    """It was over and not noted as held: certificates went out, then it turned out not to have been."""
    event = make_event(cast.forum)
    row = enrol(event, actor=cast.eko.actor, as_self=True)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu Ketua", now=START)
    issue_certificates(SYSTEM, event, now=event.ends_at)
    given = [own_events(cast.eko.actor, now=START + A_DAY)[0].certificate is not None]
    cancel_event(SYSTEM, event, reason="Keliru", now=event.ends_at)
    given.append(own_events(cast.eko.actor, now=START + A_DAY)[0].certificate is not None)
    assert given == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_two_queries_however_many(cast: Cast, rows: int) -> None:
    for number in range(rows):
        full(cast, number)
    with CaptureQueriesContext(connection) as asked:
        found: Any = own_events(cast.eko.actor, now=START + A_DAY)
    assert (len(found), len(asked)) == (rows, 2)
