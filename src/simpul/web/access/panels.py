"""Roles and grants as the components show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.access.models import Grant
from simpul.access.permissions import PERMISSIONS
from simpul.access.queries import Seer, demo_cast, recoveries_for
from simpul.access.roles import PRESETS, ROLES
from simpul.access.rules import CONFIRM, RECOVER
from simpul.accounts.models import Device, Session
from simpul.kernel.actor import Actor, Anonymous, Member, Reach
from simpul.kernel.time import Period, Zone, local_date
from simpul.organisations.models import Organisation
from simpul.people.models import Affiliation, Person
from simpul.territory.models import Area
from simpul.territory.queries import areas_by_code
from simpul.web import formats
from simpul.web.access.forms import Answers, PlatformForm
from simpul.web.accounts.panels import shown_name
from simpul.web.components import Panel, Row, Text
from simpul.web.http import Request

REACHES: dict[Reach, Text] = {
    Reach.OWN: gettext_lazy("in the organisation itself"),
    Reach.UNITS: gettext_lazy("in the organisation above it"),
    Reach.MEMBERS: gettext_lazy("in a network it belongs to"),
    Reach.ACCOMPANIED: gettext_lazy("in the organisation that accompanies it"),
    Reach.NODE: gettext_lazy("on the whole platform"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A preset: what most people are given. Without `href` somebody else gives it: `givers`."""

    title: Text
    text: Text
    href: str
    givers: list[Text]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role in the whole table."""

    label: Text
    purpose: Text
    permissions: list[Text]
    second_factor: bool
    givers: list[Text]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role held, as a line of the list."""

    person: str
    role: Text
    where: Text
    days: str
    href: str


@dataclass(frozen=True, slots=True)
class SeerRow:
    """One person who can see it, and why."""

    name: str
    role: Text
    where: Text
    how: Text


@dataclass(frozen=True, slots=True)
class Player:
    """One of the demo's cast, with the account code one signs in as them by."""

    handle: str
    name: str
    role: Text
    where: Text
    purpose: Text


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A phone or browser of somebody else, as they may tell it apart: to the day, not to the minute."""

    name: Text
    since: date
    seen: date | None
    href: str
    shared: bool = False


def device_lines(person: Person, rows: Iterable[Device]) -> list[SignedIn]:
    return [
        SignedIn(
            shown_name(row),
            local_date(row.trusted_at, Zone.WIB),
            row.seen_on,
            reverse("access:sign-out-device", args=[person.pk, row.pk]),
        )
        for row in rows
    ]


def session_lines(person: Person, rows: Iterable[Session]) -> list[SignedIn]:
    """Those opened with a password; what a trusted phone opened ends with its trust."""
    return [
        SignedIn(
            row.get_method_display(),
            local_date(row.started_at, Zone.WIB),
            local_date(row.seen_at, Zone.WIB),
            reverse("access:sign-out-session", args=[person.pk, row.pk]),
            row.shared,
        )
        for row in rows
        if row.device_id is None
    ]


def preset_cards(actor: Actor) -> list[Card]:
    titles = {"companion": _("Companion volunteer"), "secretariat": _("Secretariat or data staff")}
    held = [ROLES[role] for role in actor.roles if role in ROLES] if isinstance(actor, Member) else []
    mine = {code for role in held for code in (*role.appoints, *role.first)}
    return [
        Card(
            titles.get(code, ROLES[code].label),
            ROLES[code].purpose,
            f"{reverse('access:give')}?peran={code}" if code in mine else "",
            givers_of(code),
        )
        for code in PRESETS
    ]


def givers_of(code: str) -> list[Text]:
    """The roles whose holders may give this one."""
    return [role.label for role in ROLES.values() if code in role.appoints or code in role.first]


def role_rows() -> list[RoleRow]:
    return [
        RoleRow(
            role.label,
            role.purpose,
            [PERMISSIONS[name].label for name in role.permissions],
            role.second_factor,
            givers_of(code),
        )
        for code, role in ROLES.items()
    ]


def role_choices(codes: Iterable[str]) -> list[tuple[str, SafeString]]:
    text = '{}<br><span class="small muted">{}</span>'
    return [(code, format_html(text, ROLES[code].label, ROLES[code].purpose)) for code in codes]


def person_choices(rows: Iterable[Affiliation]) -> list[tuple[str, str]]:
    """Each person once, with what they are in the organisation."""
    titles: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[str(row.person_id)] = str(row.person)
        titles.setdefault(str(row.person_id), []).append(str(row.get_role_display()))
    return [(key, f"{name} ({', '.join(titles[key])})") for key, name in names.items()]


def answer_rows(
    answers: Answers, organisation: Organisation, person: Person, words: Mapping[str, Any] | None = None
) -> list[Row]:
    """What will be given, each with the way back to its question."""
    give = reverse("access:give")
    rows = [
        Row(_("Organisation"), organisation.name, f"{give}?{Answers(role=answers.role).with_answer()}"),
        Row(_("Role"), label_of(answers.role), f"{give}?{Answers(organisation.pk).with_answer()}"),
        Row(_("Person"), str(person), f"{give}?{Answers(organisation.pk, answers.role).with_answer()}"),
    ]
    if words:
        until = words.get("until")
        rows += [
            Row(_("Why"), words.get("reason", "")),
            Row(_("Until"), written(None, until) if until else _("no end agreed")),
        ]
        if area := words.get("area"):
            rows.append(Row(_("Only in"), area.title))
    return rows


def platform_rows(form: PlatformForm, person: Person) -> list[Row]:
    """What will be given for the whole platform, with the name behind the code."""
    until = form.cleaned_data["until"]
    return [
        Row(_("Where"), _("The whole platform")),
        Row(_("Role"), label_of(form.cleaned_data["peran"])),
        Row(_("Person"), str(person)),
        Row(_("Why"), form.cleaned_data["reason"]),
        Row(_("Until"), written(None, until) if until else _("no end agreed")),
    ]


def grant_lines(grants: Sequence[Grant]) -> list[GrantRow]:
    """One query for the areas, where any of them is for one."""
    areas = areas_of(grants)
    return [
        GrantRow(
            str(g.person),
            label_of(g.role),
            place_of(g, areas),
            written(g.valid_from, g.valid_until),
            reverse("access:grant", args=[g.pk]),
        )
        for g in grants
    ]


def facts_of(grant: Grant) -> list[Row]:
    rows = [
        Row(_("Person"), str(grant.person)),
        Row(_("Role"), label_of(grant.role)),
        Row(_("Where"), place_of(grant, areas_of([grant]))),
        Row(_("Days"), written(grant.valid_from, grant.valid_until)),
        Row(_("Why"), grant.reason),
    ]
    return [*rows, Row(_("Given by"), str(grant.granted_by) if grant.granted_by else _("the platform"))]


def label_of(role: str) -> Text:
    return ROLES[role].label if role in ROLES else role


def areas_of(grants: Iterable[Grant]) -> dict[str, Area]:
    """Code -> area of the grants that are for one; no query where none is."""
    codes = {grant.area_code for grant in grants if grant.area_code}
    return areas_by_code(codes) if codes else {}


def place_of(grant: Grant, areas: Mapping[str, Area] | None = None) -> Text:
    """Where it is held; with `areas` also within which area, where it is for one."""
    place = grant.organisation.name if grant.organisation else _("The whole platform")
    area = (areas or {}).get(grant.area_code)
    return _("%(place)s, only in %(area)s") % {"place": place, "area": area.title} if area else place


def written(start: date | None, until: date | None) -> str:
    return formats.period(Period(start, until), language=get_language() or "id")


def seer_rows(seers: Iterable[Seer]) -> list[SeerRow]:
    return [SeerRow(str(s.grant.person), label_of(s.grant.role), place_of(s.grant), REACHES[s.reach]) for s in seers]


def home_panels(request: Request) -> list[Panel]:
    """The demo's cast, for the public; people who wait to be let back in, for who can help them."""
    if isinstance(request.actor, Anonymous):
        cast = cast_cards()
        return [Panel("access/panel_cast.html", {"cast": cast}, "cast")] if cast else []
    if not (request.actor.may(RECOVER) or request.actor.may(CONFIRM)):
        return []
    waiting = len(recoveries_for(request.actor, now=timezone.now())[:50])
    return [Panel("access/panel_recoveries.html", {"waiting": waiting}, "waiting", 20)] if waiting else []


def cast_cards() -> list[Player]:
    """Whom one may sign in as: at most one query, none outside the demo."""
    return [
        Player(g.person.user.handle, str(g.person), label_of(g.role), place_of(g), ROLES[g.role].purpose)
        for g in demo_cast(now=timezone.now())
        if g.person.user and g.role in ROLES
    ]
