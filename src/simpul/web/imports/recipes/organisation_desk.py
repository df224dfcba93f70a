"""One pass over organisations: checked, compared, entered, taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.interop.areas import LEVELS, AreaReader
from simpul.interop.likeness import Likeness
from simpul.interop.models import ImportBatch, ImportRow
from simpul.interop.recipes import Choice, Desk, Fault, Incoming, Shown, Values, Written
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, SimpulError
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import PartialDate
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.listing import sort_key_of
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.queries.profiles import organisation_for, organisations_for
from simpul.organisations.rules.organisations import may, may_register, visible_to
from simpul.organisations.services.memberships import Joining, admit_member, register_members, withdraw_membership
from simpul.organisations.services.places import set_seat
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.registration import Registration, register_organisations
from simpul.organisations.services.withdrawal import Withdrawal, withdraw_registrations
from simpul.organisations.shapes import check_past
from simpul.territory.models import Area
from simpul.web.imports.recipes.kinds import kind_by_name
from simpul.web.imports.recipes.known import known_organisations, near_organisations, shown_organisations
from simpul.web.imports.recipes.organisations import AREAS

KIND: Final = "organisations.organisation"
EDIT, MANAGE = "organisation.edit", "membership.manage"
# What of a row is a field of the profile as it stands.
PROFILE: Final = (
    "address", "postal_code", "phone", "whatsapp", "email", "website", "sectors", "deed_number",
    "legal_decree_number", "skt_number", "npwp", "staff_women", "staff_men", "volunteers", "board_women", "board_men",
    "budget_band", "accepts_referrals",
)  # fmt: skip


class OrganisationDesk(Desk):
    """`network`: what the rows become members of; None: they are entered in the directory alone."""

    def __init__(self, actor: Actor, batch: ImportBatch, now: datetime) -> None:
        self.actor, self.batch, self.now = actor, batch, now
        self.areas = AreaReader()
        self.network = _network(actor, batch)
        self.default_kind = str(batch.options.get("default_kind", ""))
        self._same: dict[str, list[Organisation]] = {}  # by the name they are sorted by
        self._at_hand: dict[UUID, Organisation] = {}  # fetched to be merged into, each good for one merge

    def faults(self, values: Values) -> Iterable[Fault]:
        found = [*self._seat_faults(values)]
        if not self.kind(values):
            found.append(Fault("kind", "needed", _("Say what kind it is: yayasan, perkumpulan, komunitas, …")))
        for name in ("founded", "joined"):
            try:
                check_past(values.get(name), name, self.now)
            except Invalid as error:
                found.append(Fault(name, error.code, str(error.message)))
        return found

    def _seat_faults(self, values: Values) -> Iterable[Fault]:
        try:
            seat = self.seat(values)
        except Unreadable as error:
            return [Fault(_smallest(values), error.code, error.message)]
        if may_register(self.actor, seat.pk if seat else None):
            return []
        message = _("You register organisations of another area. Leave this row out.")
        return [Fault(_smallest(values), "outside", message)]

    def seat(self, values: Values) -> Area | None:
        return self.areas.deepest([(LEVELS.get(name), str(values.get(name) or "")) for name in AREAS])

    def kind(self, values: Values) -> str:
        return str(values.get("kind") or kind_by_name(str(values.get("name") or "")) or self.default_kind)

    def likeness(self, key: str, values: Values) -> Likeness | None:
        seat = self.seat(values)
        marks = {f"{kind}:{values[kind]}" for kind in ("phone", "whatsapp", "email", "npwp") if values.get(kind)}
        acronyms = (values["acronym"],) if values.get("acronym") else ()
        return Likeness(key, (values["name"],), acronyms, seat.pk if seat else "", frozenset(marks))

    def known(self) -> Iterable[Likeness]:
        return known_organisations(self.actor)

    def near(self, likeness: Likeness) -> Iterable[Likeness]:
        return near_organisations(self.actor, likeness)

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        return shown_organisations(self.actor, refs)

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        if choice.decision == "merge":
            return self._merge(values, choice, now)
        became = self.apply_together([Incoming(row_id, values, choice)], now=now)[row_id]
        if isinstance(became, SimpulError):
            raise became
        return became

    def apply_together(self, rows: Sequence[Incoming], *, now: datetime) -> Mapping[UUID, Written | SimpulError]:
        merging = [row for row in rows if row.choice.decision == "merge"]
        into = [RecordRef.parse(row.choice.into).uuid for row in merging]
        self._at_hand = organisations_for(self.actor).select_related("seat").in_bulk(into) if into else {}
        done: dict[UUID, Written | SimpulError] = dict(super().apply_together(merging, now=now))
        wanted: dict[UUID, Incoming] = {}
        for row in rows:
            if row.choice.decision == "merge":
                continue
            key = uuid7_from(f"import/{row.id}", uuid7_instant(row.id))
            try:
                self._refuse_twice(key, row.values, row.choice)
            except Conflict as refusal:
                done[row.id] = refusal
            except Unreadable as error:  # its area ended since it was checked
                done[row.id] = Conflict(error.code, message=str(error.message))
            else:
                wanted[key] = row
        entered = self._enter({key: row.values for key, row in wanted.items()}, now)
        return done | {wanted[key].id: became for key, became in entered.items()}

    def _enter(self, wanted: Mapping[UUID, Values], now: datetime) -> dict[UUID, Written | SimpulError]:
        """By the organisation's key; as members where the rows become members of something."""
        entries = {key: self._registration(key, values) for key, values in wanted.items()}
        if self.network is None:
            registered = register_organisations(self.actor, list(entries.values()), now=now)
            rows = {**registered.made, **registered.there}
            made = {key: Written(str(row.ref), {"version": row.version}) for key, row in rows.items()}
            return {**registered.refused, **made}
        joining = [Joining(entry, valid_from=_day(wanted[key].get("joined"))) for key, entry in entries.items()]
        ties = register_members(self.actor, self.network, joining, now=now)
        return {key: tie if isinstance(tie, SimpulError) else _joined(tie) for key, tie in ties.items()}

    def _registration(self, key: UUID, values: Values) -> Registration:
        return Registration(
            id=key,
            kind=self.kind(values),
            name=values["name"],
            acronym=values.get("acronym") or "",
            seat=self.seat(values),
            profile=_profile(values),
        )

    def expect(self, rows: Sequence[Values]) -> None:
        """One query for what bears their names by now, one for what of it this very import entered."""
        keys = {sort_key_of(values["name"]) for values in rows if values.get("name")}
        found = list(Organisation.objects.filter(visible_to(self.actor), sort_key__in=keys).only("sort_key", "seat"))
        own = ImportRow.objects.filter(batch=self.batch, made__in=[str(row.ref) for row in found])
        ours = set(own.values_list("made", flat=True))
        self._same = {key: [] for key in keys}
        for row in found:
            if str(row.ref) not in ours:
                self._same[row.sort_key].append(row)

    def _refuse_twice(self, organisation_id: UUID, values: Values, choice: Choice) -> None:
        """Somebody entered the very same while this import waited; what was shown and told apart is no hindrance."""
        key = sort_key_of(values["name"])
        if key not in self._same:
            self.expect([values])
        told_apart = {RecordRef.parse(ref).uuid for ref in choice.known if ref.startswith(f"{KIND}:")}
        seat = self.seat(values)
        for row in self._same[key]:
            if row.pk in {organisation_id, *told_apart}:
                continue
            if seat and row.seat_id and row.seat_id[:5] != seat.pk[:5]:
                continue
            message = _("Another import, or somebody by hand, entered it meanwhile. It was left as it is.")
            raise Conflict("entered_meanwhile", message=message)

    def _merge(self, values: Values, choice: Choice, now: datetime) -> Written:
        pk = RecordRef.parse(choice.into).uuid
        row = self._at_hand.pop(pk, None) or organisation_for(self.actor, pk)
        may_edit = may(self.actor, EDIT, row)
        if not may_edit and self.network is None:
            raise Denied(EDIT, row.ref)
        undo: dict[str, Any] = {}
        if may_edit:
            undo |= self._fill(row, values, choice, now)
        if self.network is not None and self.network.pk != row.pk:
            tie, is_new = self._admit(row, values, now)
            undo |= {"membership": str(tie.pk)} if is_new else {}
        return Written(choice.into, undo, merged=True)

    def _fill(self, row: Organisation, values: Values, choice: Choice, now: datetime) -> dict[str, Any]:
        """What is empty, and what was chosen to win. Only what was empty can be taken back: the rest is an edit."""
        told = _profile(values)
        changes = {name: value for name, value in told.items() if name in choice.winning or _is_blank(row, name)}
        changes = {name: value for name, value in changes.items() if getattr(row, name) != value}
        filled = sorted(name for name in changes if _is_blank(row, name))
        if changes:
            row = change_profile(self.actor, row, changes=changes, seen_version=row.version, now=now)
        seat = self.seat(values)
        if seat is not None and row.seat_id is None:
            row = set_seat(self.actor, row, seat=seat, seen_version=row.version, now=now)
            filled.append("seat")
        overwritten = sorted(set(changes) - set(filled))
        return {"version": row.version, "filled": filled, "overwritten": overwritten} if filled or overwritten else {}

    def _admit(self, row: Organisation, values: Values, now: datetime) -> tuple[Membership, bool]:
        assert self.network is not None
        current = Membership.objects.filter(network=self.network, member=row, superseded_at=None, valid_until=None)
        if standing := current.first():
            return standing, False
        since = _day(values.get("joined"))
        return admit_member(self.actor, self.network, member=row, valid_from=since, now=now), True

    def undo(self, written: Written, *, now: datetime) -> None:
        if not written.merged:
            for refusal in self.undo_together([written], now=now).values():
                raise refusal
            return
        row = Organisation.objects.filter(pk=RecordRef.parse(written.ref).uuid).first()
        if row is None:
            return
        self._unfill(row, written.undo, now)
        if tie := written.undo.get("membership"):
            self._unadmit(UUID(tie), now)

    def undo_together(self, written: Sequence[Written], *, now: datetime) -> Mapping[str, SimpulError]:
        refused = dict(super().undo_together([one for one in written if one.merged], now=now))
        entered = [one for one in written if not one.merged]
        wanted = [_withdrawal(one) for one in entered]
        staying = withdraw_registrations(self.actor, wanted, now=now) if wanted else {}
        return refused | {f"{KIND}:{pk}": why for pk, why in staying.items()}

    def _unfill(self, row: Organisation, undo: Mapping[str, Any], now: datetime) -> None:
        if undo.get("overwritten"):
            message = _("Words that were there before were replaced, as you chose. Write the old ones back by hand.")
            raise Conflict("overwritten", message=message)
        filled = [name for name in undo.get("filled", ()) if name != "seat"]
        if "version" in undo and row.version != undo["version"]:
            raise Conflict("edited_meanwhile", message=_("It has been changed since. Look at it, and mend it by hand."))
        if filled:
            blank = {name: getattr(Organisation(), name) for name in filled}
            row = change_profile(self.actor, row, changes=blank, seen_version=row.version, now=now)
        if "seat" in undo.get("filled", ()):
            set_seat(self.actor, row, seat=None, seen_version=row.version, now=now)

    def _unadmit(self, membership_id: UUID, now: datetime) -> None:
        tie = Membership.objects.filter(pk=membership_id).first()
        if tie is None:
            return
        if tie.superseded_at is not None:
            raise Conflict("edited_meanwhile", message=_("The membership has been changed since. End it by hand."))
        withdraw_membership(self.actor, tie, now=now)


def _joined(tie: Membership) -> Written:
    return Written(str(tie.member.ref), {"version": tie.member.version, "membership": str(tie.pk)})


def _withdrawal(written: Written) -> Withdrawal:
    tie = written.undo.get("membership")
    along = (UUID(tie),) if tie else ()
    return Withdrawal(RecordRef.parse(written.ref).uuid, int(written.undo["version"]), along)


def _network(actor: Actor, batch: ImportBatch) -> Organisation | None:
    chosen = batch.options.get("network")
    if not chosen:
        return None
    rows = Organisation.objects.filter(Q(visible_to(actor)), pk=UUID(str(chosen)), kind__in=NETWORKS)
    found = rows.first()
    if found is None or not may(actor, MANAGE, found):
        raise Denied(MANAGE)
    return found


def _smallest(values: Values) -> str:
    return next((name for name in reversed(AREAS) if values.get(name)), "area")


def _profile(values: Values) -> dict[str, Any]:
    told = {name: values[name] for name in PROFILE if values.get(name) not in (None, "", [])}
    if values.get("founded"):
        told["founded"] = values["founded"]
    if values.get("description"):
        told["description"] = {"id": values["description"]}
    return told


def _is_blank(row: Organisation, name: str) -> bool:
    value = getattr(row, name)
    return value in (None, "", [], {}) or (name == "accepts_referrals" and value == "unknown")


def _day(since: PartialDate | None) -> date | None:
    return since.day if since else None
