"""Who gets into which case: companions and the coordinator of the group that keeps it; the rest find nothing."""

from simpul.cases.models import Case, Consent
from simpul.cases.queries.cases import cases_for
from simpul.cases.services.consents import give_consent, withdraw_consent
from simpul.cases.services.sight import escalate_case
from simpul.deadlines.models import Clock
from simpul.kernel.actor import Actor
from tests.cast import Cast
from tests.factories.cases import MAKER, make_case, victim_of
from tests.factories.documents import picture, send
from tests.factories.referrals import make_referral
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, Surface, row, surface


def social(cast: Cast) -> Case:
    return make_case(cast.lentera, victim={"age_stated": 40})


def protected(cast: Cast) -> Case:
    return make_case(cast.lentera, types=["K.S"])


def a_case(cast: Cast) -> dict[str, object]:
    return {"case_id": social(cast).pk}


def secret(cast: Cast) -> dict[str, object]:
    return {"case_id": protected(cast).pk}


def hidden(cast: Cast) -> dict[str, object]:
    """From its own coordinator."""
    return {"case_id": make_case(cast.lentera, actor=cast.ani.actor, types=["K.S"], hide_from=[cast.budi.person]).pk}


def brought(cast: Cast) -> dict[str, object]:
    """To the supervisor."""
    case = social(cast)
    escalate_case(MAKER, case, to=cast.support, reason="Buntu", now=case.received_at)
    return {"case_id": case.pk}


def paused(cast: Cast) -> dict[str, object]:
    """A referral waits for its answer."""
    referral = make_referral(cast, case=social(cast))
    return {"case_id": referral.case_id, "clock_id": Clock.objects.get(about_id=referral.pk).pk}


def another_clock(cast: Cast) -> dict[str, object]:
    return {**paused(cast), "case_id": social(cast).pk}


def somebody(cast: Cast) -> dict[str, object]:
    return {"party_id": victim_of(social(cast)).pk}


def secret_person(cast: Cast) -> dict[str, object]:
    return {"party_id": victim_of(protected(cast)).pk}


def consent(cast: Cast) -> dict[str, object]:
    case = social(cast)
    given = give_consent(
        MAKER, victim_of(case), capacity="self", purposes=["record"], language="id", manner="spoken", witness="x",
        expires_on=case.received_on.replace(year=2027), now=case.received_at,
    )  # fmt: skip
    return {"consent_id": given.pk}


def signed(cast: Cast) -> dict[str, object]:
    """On the screen."""
    victim = victim_of(social(cast))
    given = give_consent(
        cast.ani.actor, victim, capacity="self", purposes=["record"], language="id", manner="signature",
        proof=send(cast.ani.actor, picture("PNG")), expires_on=victim.case.received_on.replace(year=2099),
        now=victim.case.received_at,
    )  # fmt: skip
    return {"consent_id": given.pk}


def withdrawn(cast: Cast) -> dict[str, object]:
    found = consent(cast)
    given = Consent.objects.get(pk=found["consent_id"])
    withdraw_consent(MAKER, given, capacity="self", now=given.given_at)
    return found


DESK = {"ani": OK, "budi": OK, "hasan": OK, "kartika": OK}
GROUP = {"ani": OK, "budi": OK}
SENT = {"ani": INVALID, "budi": INVALID}

ROWS: list[Row] = [
    row("cases:list", default=DENIED, publik=LOGIN, **DESK),
    row("cases:find", default=DENIED, publik=LOGIN, **DESK),
    row("cases:find", method="post", default=DENIED, publik=LOGIN, **dict.fromkeys(DESK, INVALID)),
    row("cases:paper", default=DENIED, publik=LOGIN, **DESK),
    row("cases:new", default=DENIED, publik=LOGIN, ani=OK, budi=OK, hasan=OK),
    row("cases:new", method="post", default=DENIED, publik=LOGIN, ani=INVALID, budi=INVALID, hasan=INVALID),
    row("cases:people", a_case, method="post", default=UNSEEN, publik=LOGIN, **GROUP),
    row("cases:people", secret, method="post", default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
    row("cases:alike", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED),
    row("cases:clashes", a_case, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK),
    row("cases:clashes", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED),
    row("cases:help", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
    row("cases:noted", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
    row("cases:seen", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
]
ROWS += [
    row("cases:pause", paused, default=UNSEEN, publik=LOGIN, **GROUP),
    row("cases:pause", another_clock, default=UNSEEN, publik=LOGIN, because="the clock of another case"),
    row("cases:pause", paused, method="post", default=UNSEEN, publik=LOGIN, **SENT),
]
for page in ("case", "people", "alike", "seen", "help", "noted"):
    ROWS += [
        row(f"cases:{page}", a_case, default=UNSEEN, publik=LOGIN, **GROUP),
        row(f"cases:{page}", secret, default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
        row(f"cases:{page}", hidden, default=UNSEEN, publik=LOGIN, ani=OK, because="hidden from Budi"),
    ]
FORMS = (
    "party-add",
    "triage",
    "story",
    "move",
    "close",
    "need",
    "service",
    "plan",
    "appointment",
    "document",
    "cost",
    "hide",
)
for form in (*FORMS, "escalate"):
    ROWS += [
        row(f"cases:{form}", a_case, default=UNSEEN, publik=LOGIN, **GROUP),
        row(f"cases:{form}", secret, default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
        row(f"cases:{form}", a_case, method="post", default=UNSEEN, publik=LOGIN, **SENT),
    ]
ROWS += [
    row("cases:settle", a_case, default=UNSEEN, publik=LOGIN, **GROUP),
    row(
        "cases:settle", brought, default=UNSEEN, publik=LOGIN, kartika=OK, because="brought to the supervisor", **GROUP
    ),
    row("cases:settle", secret, default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
    row(
        "cases:settle",
        brought,
        method="post",
        data={"hal": "0197b8f0-0000-7000-8000-000000000001"},
        default=UNSEEN,
        publik=LOGIN,
    ),
]
for form in ("assign", "police", "reopen", "replace"):
    ROWS += [
        row(f"cases:{form}", a_case, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK),
        row(f"cases:{form}", hidden, default=UNSEEN, publik=LOGIN, ani=DENIED, because="hidden from Budi"),
        row(f"cases:{form}", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=INVALID),
    ]
ROWS += [
    row("cases:coordinate", a_case, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK),
    row("cases:coordinate", hidden, default=UNSEEN, publik=LOGIN, ani=DENIED, because="hidden from Budi"),
    row("cases:coordinate", brought, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK, kartika=OK,
        because="brought to the supervisor"),
    row("cases:coordinate", a_case, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=INVALID),
]  # fmt: skip
for form, answer in (
    ("party", INVALID),
    ("types", INVALID),
    ("tags", MOVED),
    ("consent", INVALID),
    ("assent", INVALID),
):
    ROWS += [
        row(f"cases:{form}", somebody, default=UNSEEN, publik=LOGIN, **GROUP),
        row(f"cases:{form}", secret_person, default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
        row(
            f"cases:{form}",
            somebody,
            method="post",
            data={"age_stated": "x"},
            default=UNSEEN,
            publik=LOGIN,
            ani=answer,
            budi=answer,
        ),
    ]
ROWS += [
    row("cases:consent-proof", consent, default=UNSEEN, publik=LOGIN, because="it was spoken"),
    row("cases:consent-proof", signed, default=UNSEEN, publik=LOGIN, **GROUP),
    row("cases:consent-withdraw", consent, default=UNSEEN, publik=LOGIN, **GROUP),
    row("cases:consent-withdraw", consent, method="post", default=UNSEEN, publik=LOGIN, **SENT),
    row("cases:consent-stopped", consent, default=UNSEEN, publik=LOGIN, because="it stands"),
    row("cases:consent-stopped", withdrawn, default=UNSEEN, publik=LOGIN, **GROUP),
    row("cases:consent-stopped", withdrawn, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
]


def _seen(actor: Actor, cast: Cast) -> int:
    """A case of each kind, and one of them hidden from the coordinator."""
    if not Case.objects.exists():
        for make in (social, protected, hidden):
            make(cast)
    return cases_for(actor, now=cast.now).count()


SURFACES: list[Surface] = [surface("cases_for", _seen, default=0, ani=2, budi=2)]
