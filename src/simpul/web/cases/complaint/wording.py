"""How far a complaint is, as its reporter reads it: plain and warm, and nothing of what was told."""

from typing import Any

from django.utils.translation import gettext as _

from simpul.cases.complaint_kinds import KIND_WORDS, Secret, Side, Verdict, suggests_lapor
from simpul.cases.queries.complaints import OneComplaint, OpenedSecret, Said, conversation_of, decision_of, outcome_of
from simpul.kernel.time import Zone


def state_of(secret: OpenedSecret) -> dict[str, Any]:
    """For the page of a receipt. Whom it was left with reads the same, but is asked for no verdict."""
    complaint, talk = secret.complaint, conversation_of(secret.complaint)
    decision = decision_of(complaint)
    own = secret.kind != Secret.TRUSTED
    return {
        "complaint": complaint,
        "zone": zone_there(complaint),
        "headline": _headline(complaint, decision is not None, talk),
        "verdict": Verdict(decision.verdict) if decision else None,
        "kind_words": KIND_WORDS[decision.verdict] if decision else "",
        "decided_words": decision.words.open() if decision and decision.words else "",
        "talk": [(said, who_wrote(said.side)) for said in talk],
        "may_object": own and decision is not None and decision.verdict in {Verdict.REJECTED, Verdict.PARTLY},
        "asks_outcome": own and decision is not None and outcome_of(complaint) is None and _is_theirs(decision.verdict),
        "asks_face": own and _has_answer(talk, decision.verdict if decision else ""),
        "lapor": suggests_lapor(complaint.matter, complaint.about),
    }


def zone_there(complaint: OneComplaint) -> Zone:
    """By the clocks of the place that was named."""
    return Zone(complaint.area.zone) if complaint.area else Zone.WIB


def _has_answer(talk: list[Said], verdict: str) -> bool:
    """Whether there is something to feel about."""
    return _is_theirs(verdict) if verdict else any(said.side == Side.DESK for said in talk)


def _is_theirs(verdict: str) -> bool:
    """Whether somebody did something that can be asked about."""
    return verdict not in {Verdict.WITHDRAWN, Verdict.DUPLICATE}


def _headline(complaint: OneComplaint, decided: bool, talk: list[Said]) -> str:
    if decided:
        return _("There is a decision")
    if talk and talk[-1].side == Side.DESK:
        return _("The companion has written to you")
    if complaint.read_at:
        return _("Somebody has read it and is working on it")
    return _("It has arrived safely")


def who_wrote(side: Side) -> str:
    if side == Side.DESK:
        return _("The companion")
    return _("Somebody you trust") if side == Side.TRUSTED else _("You")
