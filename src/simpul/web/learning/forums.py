"""A forum as its page shows it: the way it has come, who is in it, who came when it met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.forum_life import ORDER, Stage
from simpul.activities.kinds import Stakeholder
from simpul.activities.models import ForumStage
from simpul.activities.queries.forums import (
    ForumCard,
    Makeup,
    Meeting,
    MemberRow,
    Rate,
    cards_of,
    count_forums,
    stages_of,
)
from simpul.activities.rules.forums import STAGE, StagePaper
from simpul.documents.models import Document
from simpul.documents.queries import documents_of_many
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.territory.models import Area
from simpul.territory.queries import children
from simpul.web import formats
from simpul.web.activities.rows import said
from simpul.web.components import Bar, Link, Stat, Text, Tone
from simpul.web.territory.maps import AreaMap, Level, map_of

MOST_MEETINGS: Final = 24
_LEVELS: Final[Mapping[int, Level]] = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


@dataclass(frozen=True, slots=True)
class ForumRow:
    """A forum in the list."""

    forum: Organisation
    where: str
    stage: Text
    tone: Tone
    members: str
    met: str


@dataclass(frozen=True, slots=True)
class Knot:
    """A stage on the way: reached (`row`), next, or still to come. `lack`: what stands in its way."""

    title: Text
    state: str
    when: str = ""
    iso: str = ""
    row: ForumStage | None = None
    papers: Sequence[Link] = ()
    lack: Text = ""


def listed(cards: Sequence[ForumCard], places: Mapping[str, str]) -> list[ForumRow]:
    return [
        ForumRow(
            forum=card.forum,
            where=places.get(card.forum.seat_id or "", ""),
            stage=card.stage.label if card.stage else _("nothing told yet"),
            tone=_tone(card.stage),
            members=_members(card.makeup),
            met=_met(card.rate, card.last_on),
        )
        for card in cards
    ]


def _tone(stage: Stage | None) -> Tone:
    if stage is None:
        return Tone.IDLE
    return Tone.OK if stage in (Stage.LAUNCHED, Stage.ADVOCACY) else Tone.INFO


def _members(makeup: Makeup) -> str:
    if not makeup.members:
        return _("no members yet")
    members = ngettext("%(n)s member", "%(n)s members", makeup.members) % {"n": makeup.members}
    kinds = ngettext("of %(n)s kind", "of %(n)s kinds", len(makeup.by)) % {"n": len(makeup.by)}
    return f"{members} {kinds}"


def _met(rate: Rate, last_on: date | None) -> str:
    if last_on is None:
        return _("has not met yet")
    day = formats.day(last_on, language=_language())
    met = ngettext("%(n)s meeting, on %(day)s", "%(n)s meetings, the last on %(day)s", rate.meetings)
    share = _share(rate)
    return " · ".join(filter(None, (met % {"n": rate.meetings, "day": day}, share)))


def _share(rate: Rate) -> str:
    if not rate.expected:
        return ""
    part = formats.percent(rate.present, rate.expected, decimals=0, language=_language())
    return _("%(part)s of the members came") % {"part": part}


def _language() -> str:
    return get_language() or "id"


def forums_map(actor: Actor, area: Area | None) -> AreaMap:
    """By province of the country, then by the parts of the area."""
    parts = list(children(area.code if area and area.level < 4 else None))
    level = parts[0].level if parts else 1
    counts = count_forums(actor, level=level, within=area.code if area else "")
    return map_of(
        parts,
        "forum",
        caption=_("Learning forums by where they are seated"),
        level=_LEVELS[level],
        values={part.code: counts.get(part.code, 0) for part in parts},
        unit=_("forums"),
        within=area.code if area else None,
        href=_towards,
    )


def _towards(area: Area) -> str:
    shown = "peta" if area.level < 2 else "daftar"
    return f"{reverse('learning:forums')}?{urlencode({'wilayah': area.code, 'tampilan': shown})}"


def pictured(actor: Actor, forum: Organisation, day: date, *, keeps: bool) -> dict[str, Any]:
    card = cards_of(actor, [forum], day)[0]
    stages = stages_of(actor, [forum.pk])[forum.pk]
    way = way_of(stages, papers_by_stage(actor, stages), card.makeup)
    return {
        "finding": _finding(card, stages),
        "way": way,
        "stats": _stats(card, forum),
        "kinds": [Bar(Stakeholder(code).label, n, str(n), card.makeup.members) for code, n in card.makeup.by.items()],
        "leading": [_leader(row) for row in card.makeup.leading],
        "one_sided": bool(card.makeup.members) and not card.makeup.is_mixed,
        "meetings": [_bar(meeting) for meeting in card.meetings[:MOST_MEETINGS]],
        "earlier": len(card.meetings) > MOST_MEETINGS,
        "calendar": f"{reverse('activities:calendar')}?{urlencode({'jaringan': str(forum.pk), 'tampilan': 'daftar'})}",
        "next": keeps,
    }


def _leader(row: MemberRow) -> tuple[Link, Text]:
    """Who it is, and what they are in it."""
    return Link(row.name, reverse("organisations:profile", args=[row.member_id])), MembershipRole(row.role).label


def _finding(card: ForumCard, stages: Sequence[ForumStage]) -> str:
    launched = next((row for row in stages if row.stage == Stage.LAUNCHED), None)
    if launched is not None:
        words = _("%(name)s: launched on %(day)s, %(members)s")
        day = formats.day(launched.reached_on, language=_language())
        return words % {"name": card.forum.name, "day": day, "members": _members(card.makeup)}
    return _("%(name)s: %(members)s") % {"name": card.forum.name, "members": _members(card.makeup)}


def _stats(card: ForumCard, forum: Organisation) -> list[Stat]:
    rate = card.rate
    share = formats.percent(rate.present, rate.expected, decimals=0, language=_language()) if rate.expected else "–"
    told = _("%(present)s of %(expected)s, over all meetings") % {"present": rate.present, "expected": rate.expected}
    note, came = (told if rate.expected else ""), _("of the members came")
    return [
        Stat(card.makeup.members, _("member organisations"), href=reverse("organisations:members", args=[forum.pk])),
        Stat(card.makeup.signed, _("signed that they are ready"), part=card.makeup.signed, whole=card.makeup.members),
        Stat(rate.meetings, _("meetings held")),
        Stat(share, came, note=note, part=rate.present, whole=rate.expected),
    ]


def _bar(meeting: Meeting) -> Bar:
    event = meeting.event
    title = said(event.title, _language())
    label = f"{formats.short_day(event.starts_on, language=_language())} · {title}"
    text = _("%(present)s of %(expected)s") % {"present": meeting.present, "expected": meeting.expected}
    href = reverse("activities:event", args=[event.pk])
    return Bar(label, meeting.present, text if meeting.expected else _("not by name"), meeting.expected or 1, href)


def papers_by_stage(actor: Actor, stages: Sequence[ForumStage]) -> dict[UUID, list[Link]]:
    """Those that the reader sees. One query, however many stages."""
    found: dict[UUID, list[Link]] = {}
    for row in documents_of_many(actor, STAGE, [stage.pk for stage in stages]):
        found.setdefault(row.subject_id, []).append(_paper(row))
    return found


def _paper(row: Document) -> Link:
    title = row.title.open() if row.title else ""
    return Link(title or StagePaper(row.kind).label, reverse("documents:file", args=[row.pk]))


def way_of(stages: Sequence[ForumStage], papers: Mapping[UUID, Sequence[Link]], makeup: Makeup) -> list[Knot]:
    """All stages: those that were reached, the next one, and those still to come."""
    found: list[Knot] = []
    is_next = True
    for stage in ORDER:
        reached = [row for row in stages if row.stage == stage]
        found += [_reached(row, papers.get(row.pk, ())) for row in reached]
        if not reached:
            lack = makeup.lacks(stage) if is_next else None
            found.append(Knot(stage.label, "now" if is_next else "later", lack=lack.label if lack else ""))
            is_next = False
    return found


def _reached(row: ForumStage, papers: Sequence[Link]) -> Knot:
    title: Text = Stage(row.stage).label
    if row.theme:
        title = f"{title}: {row.get_theme_display()}"
    when = formats.day(row.reached_on, language=_language())
    return Knot(title, "done-step", when, row.reached_on.isoformat(), row, papers)
