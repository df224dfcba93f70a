"""Keeping a case unused, keeping it for a court, keeping it longer, and letting it go."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases import erasing
from simpul.cases.case_locks import coordinating_in, locked_case, locked_family
from simpul.cases.life import today_of
from simpul.cases.models import Case, LegalHold, Party, Restriction, RetentionExtension, RightsRequest
from simpul.cases.rights_kinds import SATISFY, Ground
from simpul.cases.rules.rights import require_disposing
from simpul.cases.rules.sight import authorise, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze


def restrict_case(actor: Actor, case: Case, *, reason: str, now: datetime) -> Restriction:
    """From now on it is kept and not used. Twice is one. By the group, or by the supervisor to whom a request about a
    child in it was brought. Denied("case.satisfy_rights"); Invalid("reason").
    """
    with transaction.atomic():
        held = locked_case(case.pk)
        require_disposing(actor, held, now=now)
        return stop_using(actor, held, reason=_words(reason), request=None, now=now)


def stop_using(
    actor: Actor,
    case: Case,
    *,
    reason: str | None,
    request: RightsRequest | None,
    now: datetime,
    party: Party | None = None,
) -> Restriction:
    """The same for whoever was judged already; with `party`, for what is of this person alone."""
    with transaction.atomic():
        locked_case(case.pk)
        if found := Restriction.objects.filter(case=case, party=party, lifted_at=None).first():
            return found
        row = Restriction.objects.create(
            case=case, party=party, request=request, reason=reason, started_at=now, started_by_id=actor.person_id
        )
        audit.record(actor, "cases.restrict_case", case.ref, details={"restriction": row.pk})
    return row


def lift_restriction(actor: Actor, restriction: Restriction, *, reason: str, now: datetime) -> None:
    """It may be used again. Twice changes nothing. By whom it may be stopped. Denied("case.satisfy_rights");
    Invalid("reason").
    """
    with transaction.atomic():
        require_disposing(actor, locked_case(restriction.case_id), now=now)
        words = _words(reason)
        row = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
        if row.lifted_at is None:
            row.lifted_at, row.lifted_by_id, row.lifting_reason = now, actor.person_id, words
            row.save(update_fields=["lifted_at", "lifted_by", "lifting_reason"])
            audit.record(actor, "cases.lift_restriction", row.case.ref, details={"restriction": row.pk})


def hold_case(actor: Actor, case: Case, *, reason: str, now: datetime) -> LegalHold:
    """A legal process needs it: nothing of it is erased while this stands. Twice is one. Denied("case.coordinate")."""
    with transaction.atomic():
        case = coordinating_in(actor, case.pk, now=now)
        words = _words(reason)
        if found := LegalHold.objects.filter(case=case, lifted_at=None).first():
            return found
        row = LegalHold.objects.create(case=case, reason=words, placed_at=now, placed_by_id=actor.person_id)
        Case.objects.filter(pk=case.pk).update(legal_hold=True)
        audit.record(actor, "cases.hold_case", case.ref, details={"hold": row.pk})
    return row


def release_case(actor: Actor, hold: LegalHold, *, now: datetime) -> None:
    """No legal process needs it any more. Twice changes nothing. Denied("case.coordinate")."""
    with transaction.atomic():
        case = coordinating_in(actor, hold.case_id, now=now)
        if LegalHold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=now, lifted_by_id=actor.person_id):
            Case.objects.filter(pk=case.pk).update(legal_hold=False)
            audit.record(actor, "cases.release_case", case.ref, details={"hold": hold.pk})


def extend_keeping(
    actor: Actor,
    case: Case,
    *,
    until: date,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> RetentionExtension:
    """It is kept longer. The same `id` twice is one. Denied("case.coordinate"); Invalid("until" | "reason");
    Conflict("id_taken").
    """
    with transaction.atomic():
        case = coordinating_in(actor, case.pk, now=now)
        if until <= today_of(case, now):
            raise Invalid("until", "until", message=_("Choose a later day."))
        words = _words(reason)
        if taken := RetentionExtension.objects.filter(pk=id).first() if id else None:
            if taken.case_id != case.pk:
                raise Conflict(
                    "id_taken", message=_("This entry was already used for something else. Reload the page.")
                )
            return taken
        row = RetentionExtension.objects.create(
            id=id or uuid7(), case=case, until=until, reason=words, extended_at=now, extended_by_id=actor.person_id
        )
        audit.record(actor, "cases.extend_keeping", case.ref, details={"extension": row.pk, "until": until})
    return row


def erase_case(actor: Actor, case: Case, *, ground: str, now: datetime) -> None:
    """All that was kept goes for good, of every case marked as the same; a tombstone keeps the counts.

    One that is gone already stays so. NotFound out of sight, Denied("case.satisfy_rights"), Invalid("ground");
    Conflict("legal_hold") while a legal process needs one of them.
    """
    with transaction.atomic():
        held = {each.pk: each for each in locked_family(case.pk)}.get(case.pk)
        if held is None:
            return
        authorise(actor, (SATISFY,), held, now=now)
        if ground not in Ground.values or ground == Ground.AGAIN:
            raise Invalid("ground", "ground", message=_("Choose why."))
        let_go(actor, held, ground=ground, now=now)


def let_go(actor: Actor, case: Case, *, ground: str, now: datetime) -> None:
    """The same for whoever was judged already. Conflict("legal_hold").

    One marked as the same that the actor does not see neither goes nor stands in the way: who sees it answers for it,
    and nobody else learns of it, or takes it along.
    """
    with transaction.atomic():
        there = locked_family(case.pk)
        family = [each.pk for each in there]
        seen = set(Case.objects.filter(visible_to(actor, now=now), pk__in=family).values_list("pk", flat=True))
        if any(each.legal_hold for each in there if each.pk in seen):
            raise Conflict("legal_hold", message=_("A legal process needs this case. It can't be erased now."))
        ref = case.ref
        Case.objects.filter(pk__in=family, duplicate_of__in=seen).exclude(pk__in=seen).update(duplicate_of=None)
        gone = [erasing.wipe(each, ground) for each in there if each.pk in seen]
        if any(gone):
            audit.record(actor, "cases.erase_case", ref, details={"ground": str(ground)})


def let_go_of(actor: Actor, party: Party) -> None:
    """What is kept of one of several people: theirs alone goes. Conflict("legal_hold")."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=party.case_id)
        if case.legal_hold:
            raise Conflict("legal_hold", message=_("A legal process needs this case. It can't be erased now."))
        if erasing.wipe_person(party):
            audit.record(actor, "cases.erase_person", case.ref, details={"party": party.pk})


def _words(reason: str) -> str:
    words = squeeze(reason)
    if not words or len(words) > 1000:
        raise Invalid("reason", "reason", message=_("Write in a few words why."))
    return words
