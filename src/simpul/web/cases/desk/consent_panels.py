"""What somebody agreed to, and what of it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.cases.consent_kinds import PURPOSES, Manner
from simpul.cases.consent_proofs import is_kept_here
from simpul.cases.queries.purposes import Named
from simpul.web import formats
from simpul.web.cases.desk.panels import language
from simpul.web.components import Text, Tone


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """`stands`: it can still be withdrawn. `is_stopping`: it was, and nobody has said yet that all of it stopped."""

    key: UUID
    words: str
    until: str
    status: Text
    tone: Tone
    stands: bool
    is_stopping: bool
    proof: Text  # what a link to it says, "" where there is none


def consent_rows(given: Iterable[Named], *, today: date) -> dict[UUID, list[ConsentRow]]:
    """By the key of the person."""
    found: dict[UUID, list[ConsentRow]] = {}
    for one in given:
        found.setdefault(one.consent.party_id, []).append(_row(one, today))
    return found


def _row(given: Named, today: date) -> ConsentRow:
    row = given.consent
    agreed = [str(label) for purpose, label in PURPOSES.items() if purpose in row.purposes]
    agreed += [_("Refer to %(office)s") % {"office": name} for name in given.offices]
    agreed += [_("Hand the case over to %(organisation)s") % {"organisation": name} for name in given.takers]
    status, tone = _("Holds"), Tone.OK
    if given.is_withdrawn:
        status, tone = _("Withdrawn"), Tone.BAD
    elif row.expires_on <= today:
        status, tone = _("Has run out"), Tone.WARN
    until = _("until %(day)s") % {"day": formats.day(row.expires_on, language=language())}
    stopping = given.is_withdrawn and row.withdrawal.stopped_at is None
    return ConsentRow(row.pk, "; ".join(agreed), until, status, tone, tone is Tone.OK, stopping, _proof(given))


def _proof(given: Named) -> Text:
    if not is_kept_here(given.consent):
        return ""
    return _("Their signature") if given.consent.manner == Manner.SIGNATURE else _("What they said")
