"""Writing a step of a referral's life, with the stage it leads to, in the caller's transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Referral, ReferralLink, ReferralStep
from simpul.cases.referral_life import ENDED_STAGES, REFERRAL_LIFE, ReferralAct, ReferralStage
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.lifecycle import Transition

LONGEST = 4_000


def held(referral: Referral) -> Referral:
    """The row as it is now, ours until the transaction ends: of two answers at once the second one sees the first.

    NotFound where it was erased meanwhile.
    """
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case__area", "case__owner_organisation")
    found = rows.filter(pk=referral.pk).first()
    if found is None:
        raise NotFound("cases.referral", referral.pk)
    return found


def transition(referral: Referral, act: str, words: str) -> Transition[ReferralStage]:
    """The row of the table. Conflict("transition_refused" | "reason_needed")."""
    try:
        return REFERRAL_LIFE.transition(ReferralStage(referral.stage), act, reason=words)
    except Conflict as refused:
        needed = refused.code == "reason_needed"
        message = (
            _("Write a few words about it.")
            if needed
            else _("This referral has moved on in the meantime: look at it again.")
        )
        raise Conflict(refused.code, message=message, theirs=refused.theirs) from refused


def tidy(words: str, field: str = "words") -> str:
    text = words.strip()
    if len(text) > LONGEST:
        raise Invalid("too_long", field, message=_("Write this shorter."))
    return text


def write_step(
    actor: Actor,
    referral: Referral,
    row: Transition[ReferralStage],
    *,
    words: str = "",
    link: ReferralLink | None = None,
    now: datetime,
    step_id: UUID | None = None,
    **extra: Any,
) -> Referral:
    """Append the step and move the referral; `extra` are its columns written with it. It is held by the caller."""
    ReferralStep.objects.create(
        id=step_id or uuid7(),
        referral=referral,
        act=ReferralAct(row.act),
        from_stage=row.source,
        to_stage=row.target,
        at=now,
        by_id=actor.person_id,
        link=link,
        words=words or None,
    )
    referral.stage = row.target
    referral.ended_at = now if row.target in ENDED_STAGES else None
    for name, value in extra.items():
        setattr(referral, name, value)
    referral.save(update_fields=["stage", "ended_at", *extra])
    return referral


def was_taken(referral: Referral, act: str, step_id: UUID | None, actor: Actor, link: ReferralLink | None) -> bool:
    """Whether this very step is there: by its id, or as the last one, by the same hand."""
    if step_id and referral.steps.filter(pk=step_id).exists():
        return True
    last = referral.steps.order_by("-id").first()
    hand = (actor.person_id, link.pk if link else None)
    return last is not None and step_id is None and last.act == act and (last.by_id, last.link_id) == hand
