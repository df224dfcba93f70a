"""Certificates: who earns one, giving them out, correcting and withdrawing them."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import whole
from simpul.activities.earning import earned
from simpul.activities.models import Certificate, CertificateRule, Event, Measure, Participant, Registration, What
from simpul.activities.rules.outcomes import require_issuer
from simpul.activities.states import EventState
from simpul.activities.telling import tell
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import human_code
from simpul.kernel.time import local_date
from simpul.organisations.shapes import one_of, words
from simpul.paper.scripts import unprintable
from simpul.records.locks import lock_graph

MOST_MINUTES: Final = 60 * 24 * 30
LONGEST_NAME: Final = 160
CODE: Final = 12  # letters, 60 bits: nobody finds a valid one by trying


def set_certificate_rule(
    actor: Actor, event: Event, *, measure: str, least: int, signer: str, signer_position: str = "", now: datetime
) -> CertificateRule:
    """What one must have been there for. What was issued already stays. Invalid("name_needed" | "not_a_count" |
    "unknown_choice" | "too_long")."""
    require_issuer(actor, event)
    said = {
        "measure": one_of(Measure, blank=False)("measure", measure),
        "least": whole(1, MOST_MINUTES)("least", least),
        "signer": words(LONGEST_NAME)("signer", signer),
        "signer_position": words(120)("signer_position", signer_position),
    }
    if not said["signer"]:
        raise Invalid("name_needed", "signer", message=_("Write who signs it."))
    with transaction.atomic():
        lock_graph(f"activities.certificates.{event.pk}")
        row = CertificateRule.objects.filter(event=event).first() or CertificateRule(event=event)
        for name, value in said.items():
            setattr(row, name, value)
        row.changed_at = now
        row.save()
        details: dict[str, Detail] = {"measure": row.measure, "least": row.least}
        audit.record(actor, "activities.set_certificate_rule", event.ref, details=details)
    return row


def issue_certificates(actor: Actor, event: Event, *, now: datetime, most: int = 100) -> int:
    """For those who earn one and have none yet, `most` of them at once; how many. 0: all have theirs.

    Whoever had one withdrawn is left out (`reissue_certificate`), and names with letters that we can't print wait to be
    corrected. Those who registered are told. Conflict("no_rule" | "cancelled" | "not_yet").
    """
    require_issuer(actor, event)
    with transaction.atomic():
        lock_graph(f"activities.certificates.{event.pk}")
        fresh = _issuable(event, now)
        rule = CertificateRule.objects.filter(event=event).first()
        if rule is None:
            raise Conflict("no_rule", message=_("Say first who earns a certificate, and who signs it."))
        had = set(Certificate.objects.filter(event=event).values_list("participant_id", flat=True))
        due = [one.participant for one in earned(event, rule) if one.participant.pk not in had]
        printable = [(row, row.name.open()) for row in due if row.name is not None]
        made = [
            _write(actor, fresh, row, name, now=now)
            for row, name in [pair for pair in printable if not unprintable(pair[1])][:most]
        ]
        _tell(fresh, made, now=now)
        if made:
            audit.record(actor, "activities.issue_certificates", event.ref, details={"certificates": len(made)})
    return len(made)


def _issuable(event: Event, now: datetime) -> Event:
    fresh = Event.objects.select_related("owner_organisation").get(pk=event.pk)
    if fresh.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled: nobody has earned a certificate."))
    if fresh.state is EventState.DRAFT or fresh.ends_at > now:
        raise Conflict("not_yet", message=_("Give out certificates once the event is over."))
    return fresh


def _write(
    actor: Actor,
    event: Event,
    participant: Participant,
    name: str,
    *,
    now: datetime,
    replaces: Certificate | None = None,
) -> Certificate:
    """With the next number of the organisation's year. In the caller's transaction."""
    issued_on = local_date(now, event.clock)
    owner = event.owner_organisation_id
    lock_graph(f"activities.certificates.of.{owner}")
    rows = Certificate.objects.filter(organisation=owner, year=issued_on.year)
    turn = (rows.aggregate(last=Max("turn"))["last"] or 0) + 1
    return Certificate.objects.create(
        event=event, participant=participant, organisation_id=owner, year=issued_on.year, turn=turn,
        code=human_code(CODE), name=name, issued_at=now, issued_on=issued_on, issued_by=actor.person_id,
        replaces=replaces,
    )  # fmt: skip


def _tell(event: Event, rows: list[Certificate], *, now: datetime) -> None:
    whose = {row.participant_id: row for row in rows}
    found = Registration.objects.filter(participant__in=whose).select_related("participant")
    tell(event, found, What.CERTIFICATE, now=now)


def reissue_certificate(actor: Actor, certificate: Certificate, *, name: str, now: datetime) -> Certificate:
    """With the right name, and a number and a code of its own; the one before is withdrawn. The name of the participant
    is corrected too. The same name again gives the one that was made.

    Invalid("name_needed" | "unprintable" | "too_long"), Conflict("cancelled" | "not_yet" | "erased").
    """
    require_issuer(actor, certificate.event)
    right = words(LONGEST_NAME)("name", name)
    if not right:
        raise Invalid("name_needed", "name", message=_("Write their name."))
    _refuse_unprintable(right)
    with transaction.atomic():
        lock_graph(f"activities.certificates.{certificate.event_id}")
        event = _issuable(certificate.event, now)
        old = Certificate.objects.select_related("participant").get(pk=certificate.pk)
        newer = Certificate.objects.filter(replaces=old).first()
        if newer is not None and newer.name is not None and newer.name.open() == right:
            return newer
        if newer is not None:
            raise Conflict("replaced", message=_("This certificate was corrected already. Correct the newer one."))
        person = old.participant
        if person.erased_at is not None:
            raise Conflict("erased", message=_("What was kept of them was erased. They can register again."))
        _withdraw(old, reason=str(_("Replaced by a corrected one")), now=now)
        person.name = right
        person.save(update_fields=["name"])
        made = _write(actor, event, person, right, now=now, replaces=old)
        audit.record(actor, "activities.reissue_certificate", made.ref, details={"replaces": old.pk})
    return made


def _refuse_unprintable(name: str) -> None:
    if letters := unprintable(name):
        message = _("These letters can't be printed here: %(letters)s. Write the name in others.")
        raise Invalid("unprintable", "name", message=message % {"letters": " ".join(sorted(letters))})


def withdraw_certificate(actor: Actor, certificate: Certificate, *, reason: str, now: datetime) -> Certificate:
    """It is not valid any more; its code says so. Twice changes nothing more. Invalid("reason_needed")."""
    require_issuer(actor, certificate.event)
    why = words(200)("reason", reason)
    if not why:
        raise Invalid("reason_needed", "reason", message=_("Say why, in a word or two."))
    with transaction.atomic():
        if _withdraw(certificate, reason=why, now=now):
            audit.record(
                actor, "activities.withdraw_certificate", certificate.ref, details={"event": certificate.event_id}
            )
    certificate.refresh_from_db()
    return certificate


def _withdraw(row: Certificate, *, reason: str, now: datetime) -> int:
    rows = Certificate.objects.filter(pk=row.pk, withdrawn_at=None)
    return rows.update(withdrawn_at=now, withdrawn_reason=reason)
