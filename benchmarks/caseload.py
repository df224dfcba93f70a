"""Databases of 10,000 to 1,000,000 cases for the other scripts, filled in bulk and thrown away.

Of every 1,000 cases 200 are kept by one large group whose share never shrinks, 50 by one crisis centre whose cases are
all of violence, and 750 by three village groups that are new with each thousand: a country that grows has more groups,
and the largest of them grows with it. Cases came in over five years; those of the last two months are mostly open, of
the older ones an eighth. To every two cases there was a complaint. Every sealed field of the first 100,000 cases is
sealed for its row, by the vault; a million is ten times these, as `multiplying` says.
"""

import json
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.utils import timezone
from multiplying import multiply
from nation import FIRST, SECOND, Nation, insert

from simpul.access.models import Grant
from simpul.access.services import grant_role
from simpul.accounts.services import create_user
from simpul.cases.complaint_receipts import digests_of
from simpul.cases.kinds import is_protected
from simpul.cases.likeness import likeness_of
from simpul.cases.models import (
    Assignment,
    Case,
    CaseStep,
    Complaint,
    ComplaintMessage,
    ComplaintSecret,
    Consent,
    Escalation,
    Exclusion,
    Need,
    Opening,
    Party,
    PartyType,
    Service,
)
from simpul.cases.stages import OPEN_STAGES
from simpul.deadlines.models import Clock, ClockRule
from simpul.deadlines.queries import rule_in_force
from simpul.kernel.actor import System
from simpul.kernel.ids import ALPHABET, uuid7, uuid7_from
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation, WorkingArea
from simpul.organisations.services.accompaniments import accompany_group
from simpul.people.models import Person
from simpul.people.services import link_user, register_person
from simpul.vault.blind import BlindIndexField
from simpul.vault.cipher import mac, seal
from simpul.vault.fields import SealedField
from simpul.vault.ringfile import current_ring

BLOCK, MADE = 1_000, 100_000
LARGE, CRISIS, VILLAGE = 200, 50, 250
RICH = 40  # of the large group's first cases: thirty services each
SYSTEM = System("benchmark")
NOW = timezone.now()
TODAY = NOW.date()
SOCIAL = ("AD.1", "AD.2", "AD.3", "JK.4", "JK.2", "BS.1", "BS.8", "DS.1", "LN.3", "PM.2", "KS.1")
VIOLENT = ("K.F", "K.P", "K.S", "K.N", "PA.1", "PA.2")
WOMEN = ("Siti", "Baiq", "Nur", "Sri", "Dewi", "Rohani", "Aminah", "Halimah", "Fatmawati", "Zaenab", "Murni", "Lale")
LAST = ("Contohwati", "Umpamani", "Misalah", "Andaini", "Sumarni", "Rahayu", "Lestari", "Hidayah", "Khotimah", "Jannah")
STORY = "Datang ke pos pelayanan pada hari Selasa bersama tetangganya. Kartu sudah tiga bulan tidak aktif, di desa "
Row = tuple[object, ...]


class Group:
    """One that keeps cases: its villages, who coordinates it and who helps."""

    def __init__(self, organisation: UUID, prefix: str, villages: Sequence[str]) -> None:
        self.id, self.prefix, self.villages = organisation, prefix, villages
        self.people: list[UUID] = []  # the coordinator first
        self.count = 0

    def next_code(self, year: int) -> str:
        self.count += 1
        number, letters = self.count, ""
        for _place in range(4):
            number, at = divmod(number, 32)
            letters = ALPHABET[at] + letters
        return f"{self.prefix}-{year}-{letters}"


class Caseload:
    """Grows like `nation.Nation`. The first cases, people and complaints are the same at every size."""

    def __init__(self, seed: int = 20250207) -> None:
        self.dice = random.Random(seed)
        self.nation = Nation()
        self.ring = current_ring()
        self.count = 0
        self.rows: dict[type[models.Model], tuple[tuple[str, ...], list[Row]]] = {}
        self.staff: dict[str, UUID] = {}  # who asks
        self.rich: list[UUID] = []  # cases with thirty services
        self.known: list[UUID] = []  # ordinary ones of the large group

    def load_territory(self) -> None:
        """Also the groups every size has, and the people who ask."""
        self.nation.load_territory()
        by_regency: dict[str, list[str]] = {}
        for place in self.nation.places:
            by_regency.setdefault(place.code[:5], []).append(place.code)
        large, crisis = sorted(by_regency.values(), key=len)[-2:]
        self.large = self._group("Kelompok Besar", "BSR", large[:40])
        self.crisis = self._group("Rumah Aman", "RMA", crisis[:20])
        self.small = self._group("Kelompok Kecil", "KCL", large[40:43])
        self.support = self._group("Pusat Pendamping", "PSD", [], kind=OrganisationKind.FOUNDATION)
        self.rule: ClockRule = rule_in_force("D01", None, on=TODAY)
        ClockRule.objects.bulk_create([self.rule], ignore_conflicts=True)
        for group in (self.large, self.crisis, self.small):
            accompany_group(
                SYSTEM, Organisation.objects.get(pk=group.id), supporter=self._organisation(self.support), now=NOW
            )
        for name, group, role in (
            ("coordinator", self.large, "coordinator"),
            ("companion", self.large, "companion"),
            ("crisis", self.crisis, "companion"),
            ("small", self.small, "companion"),
            ("supervisor", self.support, "supervisor"),
            ("several", self.large, "companion"),
        ):
            self.cast(name, group, role)
        several = Person.objects.get(name="several")
        for group in (self.crisis, self.small):
            grant_role(SYSTEM, several, role="companion", organisation=self._organisation(group), reason="b", now=NOW)

    def cast(self, name: str, group: Group, role: str) -> None:
        """Somebody with an account; found again by their name."""
        home = self._organisation(group)
        user = create_user(SYSTEM, now=NOW)
        person = register_person(SYSTEM, organisation=home, role="staff", name=name, now=NOW)
        link_user(SYSTEM, person, user, now=NOW)
        grant_role(SYSTEM, person, role=role, organisation=home, reason="benchmark", now=NOW)
        self.staff[name] = person.pk

    @staticmethod
    def _organisation(group: Group) -> Organisation:
        return Organisation.objects.get(pk=group.id)

    def grow_to(self, count: int) -> None:
        """Beyond MADE in whole multiples of it, from copies: `multiplying`."""
        while self.count < min(count, MADE):
            with transaction.atomic():
                self._block(self.count // BLOCK)
            self.count += BLOCK
        if count > self.count:
            multiply(count // self.count, kept=[group.id for group in (self.large, self.crisis, self.support)])
            self.count = count
        if connection.vendor == "postgresql":  # what autovacuum does there; SQLite runs without statistics
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _block(self, number: int) -> None:
        places = self.nation.places
        villages = [
            self._group(f"{self.dice.choice(FIRST)} {self.dice.choice(SECOND)}", f"V{number % 1000:03}",
                        self.dice.sample(places, 3))
            for _ in range(2)
        ]  # fmt: skip
        villages.append(
            self.small if number == 0 else self._group("Kelompok Kecil", "KCL", self.dice.sample(places, 3))
        )
        for group in (self.large, self.crisis, *villages):
            helper = self._person(f"{self.dice.choice(WOMEN)} {self.dice.choice(LAST)}")
            group.people.append(helper)
        self._flush()
        for group, size in ((self.large, LARGE), (self.crisis, CRISIS), *((one, VILLAGE) for one in villages)):
            for _ in range(size):
                self._case(group, number)
            for _ in range(size // 2):
                self._complaint(group)
        self._flush()

    # ---- groups and people

    def _group(
        self, name: str, prefix: str, villages: Sequence[Any], kind: str = OrganisationKind.VILLAGE_GROUP
    ) -> Group:
        codes = [getattr(one, "code", one) for one in villages]
        pk = uuid7()
        full = f"{name} {pk.hex[-6:]}"
        row = (pk, kind, full, full.lower(), codes[0] if codes else None, [])
        insert(Organisation, ("id", "kind", "name", "sort_key", "seat_id", "sectors"), [row])
        insert(WorkingArea, ("organisation_id", "area_id", "recorded_at"), [(pk, code, NOW) for code in codes])
        group = Group(pk, prefix, codes)
        if codes:
            coordinator = self._person(f"{self.dice.choice(WOMEN)} {self.dice.choice(LAST)}")
            group.people.append(coordinator)
            self._flush()
            held = (coordinator, "coordinator", pk, TODAY, NOW, "benchmark")
            insert(Grant, ("person_id", "role", "organisation_id", "valid_from", "recorded_at", "reason"), [held])
        return group

    def _person(self, name: str) -> UUID:
        key = uuid7()
        self._add(Person, id=key, name=name, sort_key=name.lower())
        return key

    # ---- one case

    def _case(self, group: Group, block: int) -> None:
        dice = self.dice
        received = NOW - timedelta(seconds=dice.random() * 5 * 365 * 86_400)
        rich = group is self.large and block == 0 and len(self.rich) < RICH
        is_open = rich or dice.random() < (0.7 if received > NOW - timedelta(days=60) else 0.12)
        codes = self._types(group)
        key = uuid7_from(f"case {group.id} {group.count}", received)
        stage = dice.choice(OPEN_STAGES) if is_open else "closed"
        ended = None if is_open else min(TODAY, received.date() + timedelta(days=dice.randint(1, 200)))
        due = self._due(received) if is_open else None
        if group is self.large and block == 0:
            (self.rich if rich else self.known).append(key)
        self._add(
            Case, id=key, owner_organisation_id=group.id, code=group.next_code(received.year),
            area_id=dice.choice(group.villages), branch="violence" if is_protected(codes) else "social",
            protected=is_protected(codes), channel="in_person", relation="self", received_at=received,
            received_on=received.date(), stage=stage, risk=dice.choice(("RK.T", "RK.S", "RK.R")), authority="village",
            outcome="" if is_open else "met", closed_on=ended, due_at=due, external_register_number="",
            narrative=self._seal(Case, "narrative", key, STORY * 3), recorded_at=received, opened_by_id=group.people[0],
        )  # fmt: skip
        party = self._people(group, key, codes, received)
        self._steps(key, stage, received)
        self._sight(group, key, block, received)
        self._help(key, party, received, services=30 if rich else dice.choice((0, 1, 1, 2, 3)))
        if is_open and is_protected(codes):
            self._clock(group, key, received, due)

    def _types(self, group: Group) -> list[str]:
        dice = self.dice
        violent = group is self.crisis or dice.random() < 0.25
        return dice.sample(VIOLENT if violent else SOCIAL, 1 if dice.random() < 0.8 else 2)

    def _due(self, received: datetime) -> datetime | None:
        """Of the open ones a tenth waits for nothing, a third is late, the others are due within a month."""
        luck = self.dice.random()
        if luck < 0.1:
            return None
        if luck < 0.43:
            return received + (NOW - received) * self.dice.random()
        return NOW + timedelta(seconds=self.dice.random() * 30 * 86_400)

    def _people(self, group: Group, case: UUID, codes: Sequence[str], received: datetime) -> UUID:
        dice, key = self.dice, uuid7()
        born = date(1940 + dice.randint(0, 75), dice.randint(1, 12), dice.randint(1, 28))
        village = dice.choice(group.villages)
        name = f"{dice.choice(WOMEN)} {dice.choice(FIRST)} {dice.choice(LAST)}"
        nik = f"{village.replace('.', '')[:6]}{born:%d%m%y}{dice.randint(1, 9999):04}"
        likeness = likeness_of(name, born.year, village)
        safe = json.dumps({"safe_to_call": True, "hours": "pagi", "may_leave_message": False, "via": ""})
        self._add(
            Party, id=key, case_id=case, role="victim", sex="P", disability="", education="", relation="",
            recorded_at=received,
            **{field: self._seal(Party, field, key, text) for field, text in (
                ("name", name), ("nik", nik), ("birth_date", born.isoformat()), ("likeness", likeness),
                ("safe_contact", safe),
            )},
            nik_index=self._index("nik", nik), likeness_index=self._index("likeness", likeness),
        )  # fmt: skip
        for code in codes:
            self._add(PartyType, party_id=key, code=code)
        consented = dice.random() < 0.8
        if consented:
            self._consent(key, received)
        return key

    def _consent(self, party: UUID, received: datetime) -> None:
        key = uuid7()
        self._add(
            Consent, id=key, party_id=party, capacity="self", notice_version="2025-01", purposes=["record"],
            language="id", manner="spoken", witness=self._seal(Consent, "witness", key, "Saksi Contoh"),
            sheet_number="", given_at=received, expires_on=received.date() + timedelta(days=730), recorded_at=received,
        )  # fmt: skip

    def _steps(self, case: UUID, stage: str, received: datetime) -> None:
        self._add(CaseStep, case_id=case, act="open", from_stage="", to_stage="received", at=received)
        if stage != "received":
            act = {"triage": "triage", "assessment": "assess", "planning": "plan", "assisting": "assist",
                   "referred": "refer", "monitoring": "monitor", "closed": "close"}[stage]  # fmt: skip
            self._add(CaseStep, case_id=case, act=act, from_stage="received", to_stage=stage, at=received)

    def _sight(self, group: Group, case: UUID, block: int, received: datetime) -> None:
        """Who helps: whoever asks in the first blocks, so that they have as many cases at every size."""
        mine = {self.large: ("companion", 2), self.crisis: ("crisis", 5), self.small: ("small", 1)}.get(group)
        helper = self.staff[mine[0]] if mine and block < mine[1] else self.dice.choice(group.people[-20:])
        self._add(Assignment, case_id=case, person_id=helper, role="companion", started_at=received)
        self._add(Opening, case_id=case, person_id=helper, page="cases:case", at=received)
        self._add(Opening, case_id=case, person_id=group.people[0], page="cases:case", at=received)
        luck = self.dice.random()
        if luck < 0.01:
            hidden = self.staff["coordinator"] if group is self.large else group.people[0]
            self._add(Exclusion, case_id=case, person_id=hidden, made_at=received)
        elif luck < 0.02 and group in (self.large, self.crisis, self.small):
            self._add(
                Escalation, case_id=case, to_organisation_id=self.support.id, ground="escalated", made_at=received
            )

    def _help(self, case: UUID, party: UUID, received: datetime, *, services: int) -> None:
        day = received.date()
        self._add(
            Need, case_id=case, party_id=party, kind="SV.17", time_frame="month", due_on=day + timedelta(days=30),
            recorded_at=received,
        )  # fmt: skip
        for number in range(services):
            key = uuid7()
            self._add(
                Service, id=key, case_id=case, party_id=party, kind="SV.07", provided_on=day + timedelta(days=number),
                result="done", note=self._seal(Service, "note", key, "Diantar ke kantor"), recorded_at=received,
            )  # fmt: skip

    def _clock(self, group: Group, case: UUID, received: datetime, due: datetime | None) -> None:
        self._add(
            Clock, rule_id=self.rule.pk, code="D01", about_kind="cases.case", about_id=case, decision="",
            owner_organisation_id=group.id, area_id=group.villages[0], zone="Asia/Makassar", started_at=received,
            due_at=max(received, due or received + timedelta(days=3)),
        )  # fmt: skip

    # ---- one complaint

    def _complaint(self, group: Group) -> None:
        dice, key = self.dice, uuid7()
        received = NOW - timedelta(seconds=dice.random() * 5 * 365 * 86_400)
        decided = received + timedelta(days=5) if dice.random() < 0.9 else None
        self._add(
            Complaint, id=key, handler_id=group.id, level="group", area_id=dice.choice(group.villages), matter="AD",
            about="nobody", reported_by="self", channel="form", relation="self", wish="none", is_confidential=False,
            language="id", narrative=self._seal(Complaint, "narrative", key, STORY), received_at=received,
            received_on=received.date(), decided_at=decided,
        )  # fmt: skip
        digits = f"{dice.randrange(10**16):016}"
        self._add(ComplaintSecret, complaint_id=key, kind="digits", digest=digests_of(digits)[0])
        if dice.random() < 0.5:
            said = uuid7()
            words = self._seal(ComplaintMessage, "words", said, "Kapan selesai?")
            self._add(ComplaintMessage, id=said, complaint_id=key, number=1, side="reporter", words=words,
                      written_at=received)  # fmt: skip

    # ---- rows

    def _add(self, model: type[models.Model], **values: object) -> None:
        names, rows = self.rows.setdefault(model, (tuple(values), []))
        rows.append(tuple(values[name] for name in names))

    def _flush(self) -> None:
        """In the order of their foreign keys."""
        for model in sorted(self.rows, key=_depth):
            names, rows = self.rows[model]
            insert(model, names, rows)
        self.rows = {}

    def _seal(self, model: type[models.Model], name: str, key: UUID, text: str) -> str:
        field = model._meta.get_field(name)
        assert isinstance(field, SealedField)
        return seal(self.ring, field.place_of(key), text.encode())

    def _index(self, source: str, value: str) -> str | None:
        field = self._indexes[source]
        return mac(self.ring, field.purpose, normal, self.ring.index) if (normal := field.normal(value)) else None

    @cached_property
    def _indexes(self) -> dict[str, BlindIndexField]:
        return {f.source: f for f in Party._meta.concrete_fields if isinstance(f, BlindIndexField)}


def _depth(model: type[models.Model]) -> int:
    return [Person, Case, Party, Complaint].index(model) if model in (Person, Case, Party, Complaint) else 9


def account_of(name: str) -> Any:
    """The account of somebody who asks."""
    return get_user_model().objects.get(person__name=name)
