"""What `simpul check` asks of cases: that what was written beside still agrees with what it follows from."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from simpul.cases.kinds import PROTECTED_FAMILIES
from simpul.cases.models import Case, CaseStep, CountedVictim, LegalHold, Party, PartyType
from simpul.cases.queries.complaints import unread_by_anybody
from simpul.kernel.health import Finding, probe

_REMEDY = "This can't come from use: somebody wrote into the database. Restore a backup, or ask the makers of Simpul."


@probe("cases.protection")
def protection_follows_types(now: datetime) -> Iterator[Finding]:
    families = Q()
    for family in PROTECTED_FAMILIES:
        families |= Q(code__startswith=f"{family}.")
    types = PartyType.objects.filter(families, party__case=OuterRef("pk"))
    wrong = Case.objects.filter(Q(Exists(types), protected=False) | Q(~Exists(types), protected=True)).count()
    if wrong:
        yield Finding.fail("cases", f"{wrong} cases are not protected as their types ask for", _REMEDY)
    else:
        yield Finding.ok("cases", "every case is protected as its types ask for")


@probe("cases.complaints")
def complaints_are_read(now: datetime) -> Iterator[Finding]:
    late = unread_by_anybody(now - timedelta(days=3))
    if late:
        remedy = (
            "Ask the groups' coordinators and supervisors whether they can sign in, and who receives complaints here."
        )
        yield Finding.warn("complaints", f"{late} complaints have waited three days for somebody to open them", remedy)
    else:
        yield Finding.ok("complaints", "nobody's complaint has waited three days unread")


@probe("cases.stages")
def stages_follow_steps(now: datetime) -> Iterator[Finding]:
    last = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-id").values("to_stage")[:1]
    wrong = Case.objects.annotate(last=Subquery(last)).exclude(stage=Subquery(last)).count()
    missing = Case.objects.filter(~Exists(CaseStep.objects.filter(case=OuterRef("pk")))).count()
    if wrong + missing:
        yield Finding.fail("cases", f"{wrong + missing} cases stand elsewhere than their last step says", _REMEDY)
    else:
        yield Finding.ok("cases", "every case stands where its last step says")


@probe("cases.holds")
def holds_are_repeated(now: datetime) -> Iterator[Finding]:
    standing = Exists(LegalHold.objects.filter(case=OuterRef("pk"), lifted_at=None))
    wrong = Case.objects.filter(Q(standing, legal_hold=False) | Q(~standing, legal_hold=True)).count()
    if wrong:
        yield Finding.fail("cases", f"{wrong} cases are not held for a legal process as their holds say", _REMEDY)
    else:
        yield Finding.ok("cases", "every case is held as its holds say")


@probe("cases.figures")
def figures_follow_cases(now: datetime) -> Iterator[Finding]:
    case, victim = OuterRef("case"), OuterRef("pk")
    same = CountedVictim.objects.filter(
        victim_key=victim, case_key=case, superseded_at=None, sex=OuterRef("sex"), disability=OuterRef("disability"),
        stage=OuterRef("case__stage"), branch=OuterRef("case__branch"), outcome=OuterRef("case__outcome"),
    )  # fmt: skip
    wrong = Party.objects.filter(~Exists(same), role="victim").count()
    if wrong:
        yield Finding.fail("cases", f"{wrong} people are counted otherwise than their case says", _REMEDY)
    else:
        yield Finding.ok("cases", "everybody is counted as their case says")
