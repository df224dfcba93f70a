"""Village groups: founded with a decree, divisions and a board, and what changes of these afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.organisations.corrections import keeping, replace
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import BoardTerm, Decree, Division, Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.shapes import localized, number, words
from simpul.records.models import known_at
from simpul.territory.models import Area


@dataclass(frozen=True, slots=True)
class NewDecree:
    """`issuer` is the office ("Kepala Desa Lentera Jati"), not the official's name."""

    number: str
    issued_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A term [since, until) and how many sit on the board, where the minutes say."""

    since: date
    until: date | None = None
    women: int | None = None
    men: int | None = None


def form_village_group(
    actor: Actor,
    *,
    name: str,
    village: Area,
    founded: PartialDate,
    now: datetime,
    decree: NewDecree | None = None,
    divisions: Sequence[LocalizedText] = (),
    board: NewBoard | None = None,
    id: UUID | None = None,  # noqa: A002
) -> Organisation:
    """Register a village group with all that it is founded with, or nothing of it. Errors as register_organisation.

    Invalid("not_a_village") for a seat that is not a village or urban village.
    """
    if village.level != 4:
        raise Invalid("not_a_village", "village", message=_("Choose the village, not the district or the regency."))
    with transaction.atomic():
        group = register_organisation(
            actor,
            kind=OrganisationKind.VILLAGE_GROUP,
            name=name,
            seat=village,
            founded=founded,
            named_since=founded,
            now=now,
            id=id,
        )
        if group.board_terms.exists() or group.divisions.exists() or group.decrees.exists():
            return group  # the same call again: it was formed with all of this, or not at all
        issued = _append_decree(group, decree, now) if decree else None
        for division in divisions:
            _append_division(group, division, founded.day, now)
        if board:
            _append_term(group, board, issued, now)
        record(
            actor,
            "organisations.form_village_group",
            group.ref,
            details={"divisions": len(divisions), "decree": decree is not None, "board": board is not None},
        )
    return group


def record_decree(actor: Actor, group: Organisation, *, decree: NewDecree, now: datetime) -> Decree:
    """A decree (SK) on the group. The same number again gives the same row."""
    authorise(actor, "organisation.edit", group)
    with transaction.atomic():
        if same := group.decrees.filter(known_at(None), number=decree.number, issued_on=decree.issued_on).first():
            return same
        row = _append_decree(group, decree, now)
        record(actor, "organisations.record_decree", group.ref, details={"decree": str(row.pk)})
    return row


def add_division(actor: Actor, group: Organisation, *, name: LocalizedText, since: date, now: datetime) -> Division:
    """A division from `since` on. One that is there under this name is given back as it is."""
    authorise(actor, "organisation.edit", group)
    with transaction.atomic():
        there = (d for d in group.divisions.filter(known_at(None), valid_until=None) if str(d.name) == str(name))
        if same := next(there, None):
            return same
        row = _append_division(group, name, since, now)
        record(actor, "organisations.add_division", group.ref, details={"division": str(row.pk)})
    return row


def end_division(actor: Actor, division: Division, *, until: date, now: datetime) -> Division:
    """It no longer exists from `until` on."""
    authorise(actor, "organisation.edit", division.organisation)
    if division.valid_from and until <= division.valid_from:
        raise Invalid("period_order", "until", message=_("It ends after it begins. Check both dates."))
    with transaction.atomic():
        if division.valid_until == until:
            return division
        ended = replace(division, now, valid_until=until)
        record(actor, "organisations.end_division", ended.organisation.ref, details={"division": str(ended.pk)})
    return ended


def begin_board_term(
    actor: Actor, group: Organisation, *, board: NewBoard, now: datetime, decree: Decree | None = None
) -> BoardTerm:
    """A new term; an open one before it ends the day this begins. Conflict("terms_overlap") for any other overlap.

    Any organisation may have terms: a village group's decree names them, a network's assembly elects them.
    """
    authorise(actor, "organisation.edit", group)
    if decree and decree.organisation_id != group.pk:
        raise Invalid("unknown_choice", "decree", message=_("Choose one of the list."))
    with transaction.atomic():
        known = group.board_terms.filter(known_at(None))
        if same := known.filter(valid_from=board.since, valid_until=board.until).first():
            return same
        for term in known.filter(valid_until=None, valid_from__lt=board.since):
            replace(term, now, valid_until=board.since)
        row = _append_term(group, board, decree, now)
        record(actor, "organisations.begin_board_term", group.ref, details={"term": str(row.pk)})
    return row


def _append_decree(group: Organisation, decree: NewDecree, now: datetime) -> Decree:
    number_, issuer = words(60)("decree_number", decree.number), words(120)("issuer", decree.issuer)
    if not number_ or not issuer:
        raise Invalid("decree_needed", "decree_number", message=_("Write the number of the decree and who issued it."))
    return Decree.objects.create(
        organisation=group, number=number_, issued_on=decree.issued_on, issuer=issuer, recorded_at=now
    )


def _append_division(group: Organisation, name: LocalizedText, since: date, now: datetime) -> Division:
    return Division.objects.create(
        organisation=group, name=localized("divisions", name), valid_from=since, recorded_at=now
    )


def _append_term(group: Organisation, board: NewBoard, decree: Decree | None, now: datetime) -> BoardTerm:
    if board.until and board.until <= board.since:
        raise Invalid("period_order", "board_until", message=_("It ends after it begins. Check both dates."))
    overlap = Conflict("terms_overlap", message=_("Two boards would sit at one time. Check when each term ends."))
    count = number(1_000)
    with keeping("organisations_boardterm_alone", overlap):
        return BoardTerm.objects.create(
            organisation=group,
            decree=decree,
            valid_from=board.since,
            valid_until=board.until,
            women=count("women", board.women),
            men=count("men", board.men),
            recorded_at=now,
        )
