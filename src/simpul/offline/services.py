"""Taking in what a phone wrote: each record by itself, once, and answered in words."""

import hmac
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.queries.events import session_for
from simpul.activities.rules.events import RECORD
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.offline.handling import handle, standing
from simpul.offline.models import Delivery
from simpul.offline.records import Answer, Sent, State
from simpul.organisations.receipts import ALPHABET
from simpul.records.locks import lock_graph
from simpul.vault.blind import keyed_digests

DIGEST: Final = "offline.delivery"
RECEIPT: Final = "offline.receipt"
LETTERS: Final = 10
# How long the proof of a delivery is kept. Whoever is told that somebody was never noted, and the phone that lost its
# answer, are settled within weeks; the year's report and its review find it too.
KEPT: Final = timedelta(days=365)
# Conflicts that a person settles by choosing; others are refusals, and may pass.
CLASHES: Final = frozenset({"taken_back", "alike", "edited_meanwhile", "other_words"})


def receive_record(actor: Actor, sent: Sent, *, device: UUID, now: datetime) -> Answer:
    """Take it in, once: delivered again it is answered with the receipt it had. Nothing is raised for what a record
    says; whatever the reason, it is in the answer, and the records before and after it stand for themselves.
    """
    try:
        with transaction.atomic():
            lock_graph(f"offline.delivery.{sent.id}")
            if found := Delivery.objects.filter(pk=sent.id).first():
                return _again(actor, found, sent)
            session = session_for(actor, sent.session)
            done = handle(actor, session, sent, now=now)
            row = Delivery(
                id=sent.id,
                session=session,
                device=device,
                kind=sent.kind,
                digest=_digests(sent)[0],
                target=done.target,
                was_there=done.was_there,
                receipt=_receipt(sent, now),
                noted_at=sent.noted_at,
                received_at=now,
                recorded_by=actor.person_id,
            )
            row.save(force_insert=True)
            audit.record(actor, "offline.receive_record", row.ref, details={"session": session.pk, "kind": sent.kind})
    except Conflict as met:
        return _clash(met) if met.code in CLASHES else Answer(State.REFUSED, code=met.code, said=met.message)
    except Invalid as wrong:
        return Answer(State.REFUSED, code=wrong.code, said=wrong.message)
    except Denied:
        return Answer(State.REFUSED, code="denied", said=_("You don't receive people at this event any more."))
    except NotFound:
        return Answer(State.REFUSED, code="not_found", said=_("What this belongs to is not there any more."))
    state = State.THERE if done.was_there else State.ACCEPTED
    return Answer(state, row.receipt, row.received_at, said=done.said, name=done.name, seen=done.version)


def drop_deliveries(actor: Actor, *, now: datetime, most: int = 500) -> int:
    """Proofs older than a year go, the oldest first, `most` at once; how many. Denied for whoever is not the platform.

    What was delivered stays. An arrival, a participant and a note carry the record's own id, so a queue that was saved
    to a file and is sent again after its proof has gone makes nothing twice.
    """
    if not isinstance(actor, System):
        raise Denied(RECORD)
    with transaction.atomic():
        old = Delivery.objects.filter(received_at__lt=now - KEPT).order_by("received_at", "pk")
        keys = list(old.values_list("pk", flat=True)[:most])
        if keys:
            Delivery.objects.filter(pk__in=keys).delete()
            audit.record(actor, "offline.drop_deliveries", None, details={"deliveries": len(keys)})
    return len(keys)


def _again(actor: Actor, found: Delivery, sent: Sent) -> Answer:
    """Delivered before. Of another person's record nothing is told."""
    own = found.recorded_by == actor.person_id
    if own and found.digest in _digests(sent):
        return Answer(State.THERE, found.receipt, found.received_at)
    message = _("Under this number something else was delivered already.")
    return _clash(Conflict("other_words", message=message, theirs=standing(found) if own else {}))


def _clash(met: Conflict) -> Answer:
    theirs = {name: _word(value) for name, value in met.theirs.items() if name not in {"same", "version"} and value}
    same, version = met.theirs.get("same"), met.theirs.get("version")
    return Answer(
        State.CLASH,
        code=met.code,
        said=met.message,
        theirs=theirs,
        same=same if isinstance(same, UUID) else None,
        seen=version if isinstance(version, int) else 0,
    )


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _digests(sent: Sent) -> list[str]:
    return keyed_digests(DIGEST, sent.said)


def _receipt(sent: Sent, now: datetime) -> str:
    """Ten letters that only this server can have given for this record at this moment, "7KM2P-QX4TA"."""
    key = keyed_digests(RECEIPT, f"{sent.id} {now.isoformat()}")[0]
    number = int.from_bytes(hmac.digest(key.encode(), sent.said.encode(), "sha256"))
    letters = ""
    for _place in range(LETTERS):
        number, at = divmod(number, len(ALPHABET))
        letters += ALPHABET[at]
    return f"{letters[:5]}-{letters[5:]}"
