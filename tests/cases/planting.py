"""Words that nobody says, planted through every service of cases, complaints and referrals, to be looked for after.

Each is told apart from all others by what it was planted in, so that whoever reads it says from where it leaked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from simpul.accounts.services.users import change_identifiers
from simpul.cases.complaint_drafting import draft_of, keep_answers, writer_of
from simpul.cases.complaint_files import attach
from simpul.cases.complaint_receipts import new_key
from simpul.cases.consent_kinds import refer_to
from simpul.cases.models import Case, Complaint, Party, Referral, Visit
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.queries.complaints import secret_by_receipt
from simpul.cases.services.complaint_decisions import decide_complaint
from simpul.cases.services.complaint_talk import answer_reporter, write_to_desk
from simpul.cases.services.complaints import submit_complaint
from simpul.cases.services.consents import establish_basis, give_consent
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.parties import add_party, correct_party
from simpul.cases.services.planning import make_appointment, plan_step, record_visit
from simpul.cases.services.police import decide_police_report
from simpul.cases.services.progress import close_case, correct_case, move_case, reopen_case, triage_case
from simpul.cases.services.referral_answers import answer_referral
from simpul.cases.services.referral_links import Issued, issue_link
from simpul.cases.services.referrals import draft_referral, send_referral
from simpul.cases.services.sight import end_escalation, escalate_case, exclude_person, name_coordinator
from simpul.cases.services.tickets import add_to_ticket, open_ticket, settle_queue
from simpul.cases.services.transfers import ask_transfer, draft_transfer
from simpul.kernel.actor import Actor, Anonymous
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village
from tests.factories.complaints import VILLAGE, works_in
from tests.factories.documents import picture, send
from tests.factories.referrals import make_office
from tests.factories.transfers import make_coordinator

FAR: Final = date(2099, 1, 1)  # consents stand on whatever day the test runs
PUBLIC: Final = Anonymous()
TAKER: Final = "lestari"  # coordinates the other group, which is asked to take cases over
DIGITS: Final = {"social": "1", "secret": "2", "hidden": "3", "violence": "4", "group": "5"}


@dataclass(frozen=True)
class Taken:
    """A file of the register as somebody fetched it."""

    kind: str
    unmasked: bool
    password: str
    data: bytes


@dataclass
class Planted:
    """The words, who of the cast may read each, and the ids of what they were planted in."""

    cast: Cast
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)  # receipts, keys, PINs: in clear nowhere at all
    office: Any = None
    files: list["Taken"] = field(default_factory=list)

    def word(self, tag: str, what: str, readers: Iterable[str]) -> str:
        made = f"Zq{tag}{what}"
        self.readers[made] = frozenset(readers)
        return made

    def number(self, tag: str, start: str, length: int, readers: Iterable[str]) -> str:
        made = f"{start}{DIGITS[tag] * (length - len(start))}"
        self.readers[made] = frozenset(readers)
        return made

    def note(self, kind: str, *ids: UUID) -> None:
        self.ids.setdefault(kind, []).extend(ids)


def plant(cast: Cast) -> Planted:
    """A matter the group shares, one of the coordinator alone, one kept from him, and complaints of two kinds."""
    works_in(cast.lentera, VILLAGE)
    found = Planted(cast)
    found.office = make_office(cast)
    cast.played[TAKER] = make_coordinator(cast.other_group)
    found.note("organisation", cast.lentera.pk, cast.uptd.pk)
    found.note("person", *(one.person.pk for one in (cast.ani, cast.citra, cast.hasan) if one.person))
    for one in cast:
        if one.user:
            change_identifiers(MAKER, one.user, email=f"{one.key}@contoh.id", phone="")
    _case(found, "social", cast.ani.actor, ["AD.1", "JK.2"], {"ani", "budi"})
    _case(found, "secret", cast.budi.actor, ["K.F", "K.P"], {"budi"})
    _case(found, "hidden", cast.ani.actor, ["PA.2"], {"ani"}, hide_from=[cast.budi.person])
    _listed(found, "social", cast.ani.actor, {"ani", "budi"})
    _complaint(found, "violence", {"budi"}, cast.budi.actor, matter="K", about="person")
    _complaint(found, "group", {"kartika"}, cast.kartika.actor, matter="AD", about="group")
    return found


def _case(found: Planted, tag: str, actor: Actor, types: list[str], readers: set[str], **more: Any) -> None:
    word = lambda what, who=readers: found.word(tag, what, who)  # noqa: E731
    sent = {*readers, "citra"}  # the office sees what was agreed
    victim = {
        "name": word("nama", sent), "alias": word("alias"), "address": word("alamat"),
        "age_stated": 15 if "PA.2" in types else 40,
        "phone": found.number(tag, "0800000", 11, sent), "nik": found.number(tag, "99", 16, readers),
        "family_card": found.number(tag, "998", 16, readers), "bpjs": found.number(tag, "997", 13, readers),
        "safe_contact": {"safe_to_call": True, "hours": word("jam", sent), "via": word("lewat", sent)},
    }  # fmt: skip
    case = make_case(found.cast.lentera, actor=actor, types=types, victim=victim, narrative=word("cerita"), **more)
    party = victim_of(case)
    found.note("case", case.pk)
    _people(found, tag, actor, case, party, readers)
    _agreed(found, tag, actor, case, party, readers)
    _helped(found, tag, actor, case, party, readers)
    _sent(found, tag, actor, case, party, readers)
    _ended(found, tag, actor, case, readers)
    _offered(found, tag, actor, case, readers)
    found.note("party", *case.parties.filter(role__in=("victim", "alleged")).values_list("pk", flat=True))


def _listed(found: Planted, tag: str, actor: Actor, readers: set[str]) -> None:
    """Somebody on the list for a mobile service."""
    ticket = open_ticket(actor, found.cast.lentera, area=village(), service_on=NOW.date(), place="Balai desa", now=NOW)
    person = {"name": found.word(tag, "antre", readers), "nik": found.number(tag, "996", 16, readers)}
    entry = add_to_ticket(actor, ticket, person=person, documents=["identity_card"], now=NOW)
    settle_queue(actor, entry, results={"identity_card": "done"}, on=NOW.date(), seen=entry.version, now=NOW)
    found.note("ticket", ticket.pk)
    found.note("entry", entry.pk)


def _people(found: Planted, tag: str, actor: Actor, case: Case, party: Party, readers: set[str]) -> None:
    for role in ("reporter", "companion", "handler"):
        add_party(actor, case, role=role, details={"name": found.word(tag, role, readers)}, now=NOW)
    accused = {"name": found.word(tag, "terlapor", readers & {"budi"})}
    add_party(found.cast.budi.actor if "budi" in readers else MAKER, case, role="alleged", details=accused, now=NOW)
    other = found.word(tag, "alamatlain", readers)
    seen = Party.objects.get(pk=party.pk).version
    for words in (other, found.word(tag, "bentrok", readers)):  # the second is kept beside the first
        correct_party(
            actor, Party.objects.select_related("case").get(pk=party.pk), {"address": words}, seen=seen, now=NOW
        )


def _agreed(found: Planted, tag: str, actor: Actor, case: Case, party: Party, readers: set[str]) -> None:
    purposes = ["record", refer_to(found.office.pk)]
    given = give_consent(
        actor, party, capacity="guardian", given_by=found.word(tag, "wali", readers), purposes=purposes,
        language="sas", manner="spoken", witness=found.word(tag, "saksi", readers), expires_on=FAR,
        withheld_from=[found.word(tag, "jangan", readers)], now=NOW,
    )  # fmt: skip
    found.note("consent", given.pk)
    establish_basis(actor, party, purpose="record", basis="vital", reason=found.word(tag, "dasar", readers), now=NOW)


def _helped(found: Planted, tag: str, actor: Actor, case: Case, party: Party, readers: set[str]) -> None:
    need = add_need(actor, party, kind="SV.07", time_frame="week", now=NOW)
    found.note("need", need.pk)
    provide_service(
        actor,
        party,
        kind="SV.01",
        provided_on=NOW.date(),
        result="done",
        note=found.word(tag, "layanan", readers),
        now=NOW,
    )
    plan_step(actor, case, what=found.word(tag, "rencana", readers), who=found.word(tag, "siapa", readers), now=NOW)
    make_appointment(
        actor, party, at=NOW + timedelta(days=9), place=found.word(tag, "tempat", readers),
        to_bring=[found.word(tag, "bawa", readers)], now=NOW,
    )  # fmt: skip


def _sent(found: Planted, tag: str, actor: Actor, case: Case, party: Party, readers: set[str]) -> None:
    both = {*readers, "citra"}
    case = Case.objects.select_related("area", "owner_organisation").get(pk=case.pk)
    drafted = draft_referral(
        actor, case, party, found.office, request=found.word(tag, "minta", both), fields=["name", "phone"], now=NOW
    )
    row = send_referral(actor, drafted, basis="consent", now=NOW)
    given: Issued = issue_link(actor, row, now=NOW)
    found.secrets += [given.token, given.pin] if len(given.pin) > 6 else [given.token]
    answer_referral(
        found.cast.citra.actor, row, act="accept", words=found.word(tag, "jawab", both), now=NOW + timedelta(hours=1)
    )
    found.note("referral", Referral.objects.get(pk=row.pk).pk)
    if tag == "secret":
        found.note("link", given.link.pk)


def _ended(found: Planted, tag: str, actor: Actor, case: Case, readers: set[str]) -> None:
    cast, fresh = found.cast, lambda: Case.objects.select_related("area", "owner_organisation").get(pk=case.pk)
    triage_case(actor, fresh(), risk="RK.T", authority="village", now=NOW)
    told = found.word(tag, "ceritalagi", readers)
    correct_case(actor, fresh(), {"narrative": told}, seen=fresh().version, now=NOW)
    exclude_person(actor, fresh(), cast.hasan.person, reason=found.word(tag, "sebab", readers), now=NOW)
    up = escalate_case(actor, fresh(), to=cast.support, reason=found.word(tag, "naik", readers), now=NOW)
    lead = cast.budi.actor if "budi" in readers else MAKER
    end_escalation(lead, up, now=NOW)
    decide_police_report(lead, fresh(), will_report=False, reason=found.word(tag, "polisi", readers), now=NOW)
    if tag == "secret":
        name_coordinator(lead, fresh(), cast.budi.person, now=NOW)  # type: ignore[arg-type]
    move_case(actor, fresh(), act="assist", now=NOW)
    move_case(actor, fresh(), act="monitor", reason=found.word(tag, "pantau", readers), now=NOW)
    visit = Visit.objects.filter(case=case).order_by("month").first()
    assert visit
    visit.case = fresh()
    record_visit(actor, visit, wellbeing="better", on=NOW.date(), note=found.word(tag, "kunjungan", readers), now=NOW)
    outcome = {"social": "document_issued", "hidden": "separated"}.get(tag, "met")
    close_case(actor, fresh(), outcome=outcome, reason=found.word(tag, "selesai", readers), now=NOW)
    reopen_case(lead, fresh(), reason=found.word(tag, "bukalagi", readers), now=NOW)


def _offered(found: Planted, tag: str, actor: Actor, case: Case, readers: set[str]) -> None:
    """Asked of another group, which reads a few words and no more."""
    case = Case.objects.select_related("area", "owner_organisation").get(pk=case.pk)
    transfer = draft_transfer(
        actor, case, to=found.cast.other_group, summary=found.word(tag, "ringkas", {*readers, TAKER}),
        reason=found.word(tag, "pindah", readers), fields=["types", "age", "sex"], now=NOW,
    )  # fmt: skip
    lead = found.cast.budi.actor if "budi" in readers else MAKER
    why = found.word(tag, "bahaya", readers)
    found.note("transfer", ask_transfer(lead, transfer, basis="vital", reason=why, now=NOW).pk)


def _complaint(found: Planted, tag: str, readers: set[str], desk: Actor, **said: Any) -> None:
    word = lambda what: found.word(tag, what, readers)  # noqa: E731
    answers: Mapping[str, Any] = {
        **said, "area": VILLAGE, "reported_by": "self", "wish": "phone", "narrative": word("cerita"),
        "name": word("nama"), "phone": found.number(tag, "0800000", 11, readers), "via": word("lewat"),
        "hours": word("jam"), "named": word("terlapor"), "hidden_from": word("jangan"),
    }  # fmt: skip
    key = new_key()
    draft = keep_answers(key, answers, now=NOW)
    draft = draft_of(key, now=NOW) or draft
    tells = picture(tell=found.word(tag, "exif", ()))
    attach(key, send(writer_of(draft), tells, now=NOW), now=NOW)
    submit_complaint(PUBLIC, key=key, now=NOW)
    complaint, digits = receipt_of_sent(key, now=NOW)
    secret = secret_by_receipt(digits)
    found.secrets += [key, digits]
    write_to_desk(PUBLIC, secret, id=uuid4(), words=word("tanya"), now=NOW)
    answer_reporter(desk, Complaint.objects.get(pk=complaint.pk), id=uuid4(), words=word("jawab"), now=NOW)
    decide_complaint(
        desk, complaint, id=uuid4(), verdict="upheld", words=word("putusan"), reason=word("alasan"), now=NOW
    )
    found.note("complaint", complaint.pk)
    left = new_key()
    keep_answers(left, {"narrative": word("draf"), "phone": word("drafnomor")}, now=NOW)
    found.secrets.append(left)
