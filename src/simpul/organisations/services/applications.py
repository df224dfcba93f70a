"""An application on its way: sent, checked, asked about, decided, withdrawn, and its contact forgotten at the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.admission import CLOSED, NEEDED, Act, ApplicationState, Check
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import sort_key_of
from simpul.organisations.models import (
    ApplicationCall,
    ApplicationCheck,
    ApplicationStep,
    MembershipApplication,
    Organisation,
)
from simpul.organisations.receipts import receipt_digests
from simpul.organisations.rules.applications import PURPOSE, require_keeper
from simpul.organisations.rules.organisations import require_sight
from simpul.organisations.shapes import clean_name, email, one_of, phone, words
from simpul.organisations.turns import decide_step, lock_application, take_step
from simpul.records.locks import lock_graph
from simpul.territory.models import Area

A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 60  # by one network: what a secretariat could read; nobody's address is counted
# What the secretariat does between receiving and deciding.
MOVES: Final = frozenset({Act.BEGIN, Act.ASK, Act.VERIFY, Act.REVIEW, Act.DISMISS})


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask. Kept encrypted, and only until some time after the decision."""

    name: str
    phone: str = ""
    email: str = ""
    position: str = ""

    def cleaned(self) -> "Contact":
        """Invalid where there is no name, or no way to reach them."""
        name = words(120)("contact_name", self.name)
        if not name:
            raise Invalid("name_needed", "contact_name", message=_("Write the name of whoever we may ask."))
        number, address = phone("contact_phone", self.phone), email("contact_email", self.email)
        if not number and not address:
            raise Invalid("contact_needed", "contact_phone", message=_("Write a number or an e-mail address."))
        return Contact(name, number, address, words(120)("contact_position", self.position))


def submit_application(
    actor: Actor,
    network: Organisation,
    *,
    receipt: str,
    kind: str,
    name: str,
    does: str,
    contact: Contact,
    consents: bool,
    now: datetime,
    acronym: str = "",
    seat: Area | None = None,
    hopes: str = "",
    applicant: Organisation | None = None,
) -> MembershipApplication:
    """Whoever sees the network may apply, without an account. The same receipt again is the same application.

    `receipt` was made by `receipts.new_receipt` when the form was drawn; only its HMAC is kept. `applicant` is what the
    sender says it is: nothing follows from it before somebody has checked. NotFound where the network is out of sight;
    Conflict("closed" | "full"); Invalid("consent_needed" | "bad_receipt") and as the shapes say.
    """
    require_sight(actor, network, *([applicant] if applicant else []))
    digests = receipt_digests(receipt, PURPOSE)
    if not digests:
        raise Invalid("bad_receipt", message=_("Open the form again: this one has lost its number."))
    contact = contact.cleaned()
    if not consents:
        message = _("Without your consent we can't write to you about this application.")
        raise Invalid("consent_needed", "consents", message=message)
    name, acronym = clean_name(name, acronym)
    row = MembershipApplication(
        network=network,
        applicant=applicant,
        kind=one_of(OrganisationKind, blank=False)("kind", kind),
        name=name,
        acronym=acronym,
        sort_key=sort_key_of(name),
        seat=seat,
        does=_text("does", does, needed=True),
        hopes=_text("hopes", hopes, needed=False),
        contact_name=contact.name,
        contact_position=contact.position or None,
        contact_phone=contact.phone or None,
        contact_email=contact.email or None,
        consented_at=now,
        receipt_digest=digests[0],
        received_at=now,
    )
    return _receive(actor, row, digests)


def _receive(actor: Actor, row: MembershipApplication, digests: list[str]) -> MembershipApplication:
    with transaction.atomic():
        lock_graph(f"organisations.applications.{row.network_id}")
        if same := MembershipApplication.objects.filter(receipt_digest__in=digests, network=row.network).first():
            return same
        _refuse_closed(row)
        row.save(force_insert=True)
        ApplicationStep.objects.create(
            application=row, number=1, act=Act.SUBMIT, state=ApplicationState.SUBMITTED, recorded_at=row.received_at
        )
        audit.record(actor, "organisations.submit_application", row.ref, details={"network": row.network_id})
    return row


def _refuse_closed(row: MembershipApplication) -> None:
    if not ApplicationCall.objects.filter(network=row.network, closed_at=None).exists():
        raise Conflict("closed", message=_("This network takes no applications now. Write to its secretariat."))
    since = row.received_at - A_DAY
    if MembershipApplication.objects.filter(network=row.network, received_at__gt=since).count() >= MOST_A_DAY:
        message = _("The network received very many applications today. Send yours again tomorrow.")
        raise Conflict("full", message=message)


def _text(field: str, text: str, *, needed: bool) -> str:
    """Several lines, tidied at both ends."""
    text = text.strip()
    if needed and not text:
        raise Invalid("text_needed", field, message=_("Write a few sentences."))
    if len(text) > 1000:
        raise Invalid("too_long", field, message=_("Use at most %(longest)s characters.") % {"longest": 1000})
    return text


def check_application(
    actor: Actor, application: MembershipApplication, found: Mapping[str, bool], *, now: datetime
) -> None:
    """Note what was found on points of the list; only what differs from the last word is written.

    Conflict("moved_meanwhile") once it is decided.
    """
    require_keeper(actor, application)
    with transaction.atomic():
        if lock_application(application).state in CLOSED:
            message = _("This application was decided meanwhile. The list can't be changed any more.")
            raise Conflict("moved_meanwhile", message=message)
        known = dict(application.checks.order_by("recorded_at", "pk").values_list("item", "is_met"))
        changed = {item: met for item, met in found.items() if known.get(item, False) != met}
        for item, is_met in changed.items():
            item = one_of(Check, blank=False)("item", item)  # noqa: PLW2901 - the code, tidied
            ApplicationCheck.objects.create(
                application=application, item=item, is_met=is_met, checked_by=actor.person_id, recorded_at=now
            )
        if changed:
            details = {"items": sorted(changed)}
            audit.record(actor, "organisations.check_application", application.ref, details=details)


def move_application(
    actor: Actor, application: MembershipApplication, *, act: str, words: str = "", now: datetime
) -> ApplicationStep:
    """One of MOVES. The applicant reads `words`. Once more by the same person changes nothing more.

    Conflict("moved_meanwhile") where it has gone elsewhere, Conflict("unchecked") where it can't be called verified
    yet, Invalid("words_needed").
    """
    require_keeper(actor, application)
    if act not in MOVES:
        raise ValueError(f"not a step of the secretariat: {act!r}")
    with transaction.atomic():
        last = lock_application(application)
        step, is_new = take_step(actor, application, last, act, words=words.strip(), now=now)
        if is_new:
            if act == Act.VERIFY:
                _refuse_unchecked(application)
            audit.record(actor, "organisations.move_application", application.ref, details={"act": act})
    return step


def _refuse_unchecked(application: MembershipApplication) -> None:
    checks = dict(application.checks.order_by("recorded_at", "pk").values_list("item", "is_met"))
    if missing := [item for item in NEEDED if not checks.get(item)]:
        message = _("Three points have to be checked first: that it exists, who speaks for it, and that it is new.")
        raise Conflict("unchecked", message=message, theirs={"missing": missing})


def refuse_application(
    actor: Actor,
    application: MembershipApplication,
    *,
    decided_by: str,
    decided_on: date,
    words: str,
    minutes: str = "",
    now: datetime,
) -> ApplicationStep:
    """The organ of the network said no; the applicant reads why. Conflict and Invalid as `move_application`."""
    require_keeper(actor, application)
    with transaction.atomic():
        step, is_new = decide_step(
            actor, application, Act.REFUSE, decided_by=decided_by, decided_on=decided_on, words=words, minutes=minutes,
            now=now,
        )  # fmt: skip
        if is_new:
            audit.record(actor, "organisations.refuse_application", application.ref)
    return step
