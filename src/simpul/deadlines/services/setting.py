"""Setting a rule: a new version from a day on. What runs by the old one keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.access.roles import ROLES
from simpul.audit import services as audit
from simpul.deadlines import rules, shipped
from simpul.deadlines.models import ClockRule
from simpul.deadlines.queries import rule_in_force
from simpul.deadlines.reckoning import is_day_of_year
from simpul.deadlines.units import Binding, Standing, Step, Unit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.records.locks import lock_graph

MOST: Final = 3_660
STEPS: Final = 8


@dataclass(frozen=True, slots=True)
class RuleText:
    """All that a version says."""

    what: LocalizedText
    unit: Unit
    limit: int
    standing: Standing
    basis: str
    source: str = ""
    hint: LocalizedText | None = None
    confirmed: bool = False
    binding: Binding = Binding.YES
    in_use: bool = True
    may_pause: bool = False
    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, rule: ClockRule) -> "RuleText":
        """What a version says, to be said again with something changed."""
        return cls(
            what=rule.what or LocalizedText(id=rule.code), unit=Unit(rule.unit), limit=rule.limit,
            standing=Standing(rule.standing), basis=rule.basis, source=rule.source, hint=rule.hint,
            confirmed=rule.confirmed, binding=Binding(rule.binding), in_use=rule.in_use, may_pause=rule.may_pause,
            steps=rule.chain,
        )  # fmt: skip


def configure_rule(
    actor: Actor,
    code: str,
    *,
    organisation: Organisation | None,
    says: RuleText,
    valid_from: date,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002  # the same word in every service that takes one
) -> ClockRule:
    """The rule of that code, there (None: on the whole node), says this from `valid_from` on.

    The version before it ends that day; one that began the same day is taken back. The same `id` again gives the same
    version. Denied("deadline.configure" | "node.configure"), NotFound for an organisation out of sight or a code the
    program doesn't know; Invalid("later_version") where one begins later already; Invalid("law_is_shorter", "limit")
    where an organisation would take longer than the law lets it; Conflict("id_taken").
    """
    rules.require_may_configure(actor, organisation)
    if code not in shipped.rows():
        raise Invalid("unknown_code", "code", message=_("Choose one of the deadlines in the list."))
    row = _row(actor, code, says, organisation=organisation, valid_from=valid_from, now=now, key=id)
    row.reason = squeeze(reason)[:300]
    if not row.reason:
        raise Invalid("reason_needed", "reason", message=_("Write why it changes: others will read it."))
    _check(row)
    _keep_to_law(row)
    with transaction.atomic():
        lock_graph(f"deadlines.rule.{row.place}.{code}")
        if there := ClockRule.objects.filter(pk=row.pk).first():
            return _same(there, row)
        _make_room(row, now)
        row.save(force_insert=True)
        audit.record(actor, "deadlines.configure_rule", row.ref, details=_told(row))
    return row


def end_rule(
    actor: Actor,
    code: str,
    *,
    organisation: Organisation,
    valid_from: date,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002  # the same word in every service that takes one
) -> ClockRule:
    """From that day on the organisation's own standard starts no clock; what runs by it runs to its end.

    As `configure_rule`; Conflict("law_stays") for the law, which no organisation ends.
    """
    rules.require_may_configure(actor, organisation)
    if code not in shipped.rows():
        raise Invalid("unknown_code", "code", message=_("Choose one of the deadlines in the list."))
    standing = rule_in_force(code, organisation.pk, on=valid_from)
    if not standing.local_standard:
        raise Conflict("law_stays", message=_("What the law says stays. Only a standard of your own can be ended."))
    told = replace(RuleText.of(standing), in_use=False)
    return configure_rule(
        actor, code, organisation=organisation, says=told, valid_from=valid_from, reason=reason, now=now, id=id
    )


def _row(
    actor: Actor,
    code: str,
    says: RuleText,
    *,
    organisation: Organisation | None,
    valid_from: date,
    now: datetime,
    key: UUID | None,
) -> ClockRule:
    return ClockRule(
        id=key or uuid7(),
        code=code,
        organisation=organisation,
        place=str(organisation.pk) if organisation else "",
        what=says.what,
        hint=says.hint,
        unit=says.unit,
        limit=says.limit,
        standing=says.standing,
        binding=says.binding,
        basis=squeeze(says.basis)[:200],
        source=squeeze(says.source)[:300],
        confirmed=says.confirmed,
        in_use=says.in_use,
        may_pause=says.may_pause,
        steps=[step.stored() for step in says.steps],
        valid_from=valid_from,
        entered_by=actor.person_id,
        recorded_at=now,
    )


def _check(row: ClockRule) -> None:
    if row.unit == Unit.DAY_OF_YEAR and not is_day_of_year(row.limit):
        raise Invalid("not_a_day", "limit", message=_("Write month and day as one number: 1231 is 31 December."))
    if row.unit != Unit.DAY_OF_YEAR and not 0 <= row.limit <= MOST:
        raise Invalid("out_of_range", "limit", message=_("Write a number from 0 to %(most)s.") % {"most": MOST})
    if not row.basis:
        raise Invalid("basis_needed", "basis", message=_("Write what it rests on: a law, a standard, an agreement."))
    if len(row.steps) > STEPS or any(not set(step.roles) <= set(ROLES) or not step.roles for step in row.chain):
        raise Invalid("unknown_role", "steps", message=_("Choose who is told from the list of roles."))


def _keep_to_law(row: ClockRule) -> None:
    """An organisation may be quicker than the law, and may say that it isn't bound; it can't rewrite it."""
    if row.organisation is None:
        return
    law = rule_in_force(row.code, None, on=row.valid_from or row.recorded_at.date())
    if law.local_standard:
        if row.standing == Standing.LAW:
            message = _("This is a standard or an agreement. It can't be shown as law.")
            raise Invalid("not_law", "standing", message=message)
        return
    if row.standing != Standing.LAW or row.basis != law.basis:
        raise Invalid("law_stays", "basis", message=_("What the law says stays: basis and kind can't be changed here."))
    if row.unit != law.unit or row.limit > law.limit:
        message = _("The law gives less time than that. You may be quicker, never slower.")
        raise Invalid("law_is_shorter", "limit", message=message)
    if row.may_pause and not law.may_pause:
        raise Invalid("law_runs_on", "may_pause", message=_("The law's time runs on: it knows no pause."))


def _make_room(row: ClockRule, now: datetime) -> None:
    standing = ClockRule.objects.filter(rules.stands(), place=row.place, code=row.code)
    if standing.filter(valid_from__gt=row.valid_from).exists():
        message = _("A version that begins later is set already. Choose a later day.")
        raise Invalid("later_version", "valid_from", message=message)
    standing.filter(valid_from=row.valid_from).update(superseded_at=now)
    standing.filter(valid_until=None).update(valid_until=row.valid_from)


def _same(there: ClockRule, row: ClockRule) -> ClockRule:
    names: Sequence[str] = ("code", "place", "unit", "limit", "valid_from", "in_use")
    if all(getattr(there, name) == getattr(row, name) for name in names):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _told(row: ClockRule) -> Mapping[str, str | int | UUID | date | None]:
    return {"code": row.code, "organisation": row.organisation_id, "valid_from": row.valid_from, "limit": row.limit}
