"""Who earns a certificate and who has one; what its code tells everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from simpul.activities.earning import Presence, presence_at
from simpul.activities.models import Certificate, CertificateRule, Event, Registration, Validity
from simpul.activities.rules.outcomes import require_issuer
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import read_code
from simpul.paper.scripts import unprintable

KIND = "activities.certificate"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who came. `certificate` is the one that stands, or the last that was withdrawn; `letters` are those of
    their name that can't be printed.
    """

    presence: Presence
    name: str
    earns: bool
    certificate: Certificate | None
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roll:
    """Of one event. `waiting` earn one and can have it at once."""

    rule: CertificateRule | None
    holders: Sequence[Holder]

    @property
    def earning(self) -> int:
        return sum(one.earns for one in self.holders)

    @property
    def issued(self) -> int:
        return sum(_stands(one.certificate) for one in self.holders)

    @property
    def waiting(self) -> int:
        return sum(one.earns and one.certificate is None and not one.letters for one in self.holders)

    @property
    def unprintable(self) -> int:
        return sum(one.earns and one.certificate is None and bool(one.letters) for one in self.holders)


def _stands(row: Certificate | None) -> bool:
    return row is not None and row.validity is Validity.VALID


def roll_of(actor: Actor, event: Event) -> Roll:
    """For who gives them out. NotFound, Denied."""
    require_issuer(actor, event)
    rule = CertificateRule.objects.filter(event=event).first()
    rows = Certificate.objects.filter(event=event).order_by("year", "turn")
    last = {row.participant_id: _with(row, event) for row in rows}
    holders = []
    for presence in presence_at(event):
        name = presence.participant.name.open() if presence.participant.name else ""
        holders.append(
            Holder(
                presence,
                name,
                earns=rule is not None and presence.meets(rule),
                certificate=last.get(presence.participant.pk),
                letters=unprintable(name),
            )
        )
    return Roll(rule, sorted(holders, key=lambda one: one.name.casefold()))


def _with(row: Certificate, event: Event) -> Certificate:
    row.event = event
    return row


def certificate_for(actor: Actor, certificate_id: UUID) -> Certificate:
    """For who gives them out; NotFound for others."""
    rows = Certificate.objects.select_related("event__owner_organisation", "event__series", "event__area")
    found = rows.select_related("participant").filter(pk=certificate_id).first()
    if found is None:
        raise NotFound(KIND, certificate_id)
    require_issuer(actor, found.event)
    return found


def certificates_to_print(actor: Actor, event: Event) -> Sequence[Certificate]:
    """Those that stand, in the order of their numbers. For who gives them out."""
    require_issuer(actor, event)
    rows = Certificate.objects.filter(event=event, withdrawn_at=None, name__isnull=False)
    return list(rows.select_related("event__owner_organisation", "event__series", "event__area"))


def own_certificate(registration: Registration) -> Certificate | None:
    """The one that stands of whoever registered. Without asking who reads it: the receipt was shown."""
    rows = Certificate.objects.filter(participant=registration.participant_id, withdrawn_at=None, name__isnull=False)
    found = rows.select_related("event__owner_organisation", "event__series", "event__area").first()
    return found if found and found.validity is Validity.VALID else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code tells everybody: no name. `certificate` is None where the code is unknown."""

    validity: Validity
    certificate: Certificate | None


def verdict_on(code: str) -> Verdict:
    rows = Certificate.objects.select_related("event__owner_organisation", "event__series")
    found = rows.filter(code=read_code(code)).first()
    return Verdict(found.validity, found) if found else Verdict(Validity.UNKNOWN, None)
