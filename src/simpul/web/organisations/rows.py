"""Organisations as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.organisations.at_work import still_holds
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.queries.listed import Former, beside, direct_networks
from simpul.web import formats
from simpul.web.components import Tone


@dataclass(frozen=True, slots=True)
class Activity:
    """Registered is not active: when somebody last found it at work, as a word with its colour and shape."""

    word: str
    tone: Tone
    day: date | None = None


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    organisation: Organisation
    activity: Activity
    formerly: str
    networks: Sequence[Organisation]


def activity(last: date | None, today: date) -> Activity:
    if last is None:
        return Activity(_("not confirmed yet"), Tone.IDLE)
    ago = formats.away(last, today, language=get_language() or "id")
    if not still_holds(last, today):
        return Activity(_("last confirmed %(ago)s") % {"ago": ago}, Tone.WARN, last)
    return Activity(_("confirmed %(ago)s") % {"ago": ago}, Tone.OK, last)


def name_period(name: OrganisationName | Former) -> str:
    """ "2008–2015", as exactly as it is known; "" where it is not."""
    language = get_language() or "id"
    ends = [formats.partial(end, language=language) if end else "" for end in (name.since, name.until)]
    return "–".join(ends) if any(ends) else ""


def formerly(names: Sequence[OrganisationName | Former]) -> str:
    """ "JMS-LOBAR (2008–2015)": the names it bore before, with as much of their dates as is known."""
    told = []
    for name in names:
        period = name_period(name)
        told.append(f"{name.name} ({period})" if period else name.name)
    return ", ".join(told)


def directory_rows(actor: Actor, organisations: Sequence[Organisation], today: date) -> list[DirectoryRow]:
    """Two queries, however many."""
    ids = [o.pk for o in organisations]
    known = beside(organisations)
    networks: dict[UUID, list[Organisation]] = direct_networks(actor, ids, on=today)
    return [
        DirectoryRow(
            o,
            activity(known[o.pk].last_confirmed, today),
            formerly([former] if (former := known[o.pk].former) else []),
            networks.get(o.pk, []),
        )
        for o in organisations
    ]
