"""What an answer does, and what it can't reach, in plain words: said before the button is pressed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from simpul.cases.queries.rights import RightsRequest
from simpul.cases.rights_kinds import RequestKind


@dataclass(frozen=True, slots=True)
class Consequences:
    """`goes`: what happens; `stays`: what is kept all the same; `lost`: what nobody can call back."""

    goes: list[str]
    stays: list[str]
    lost: list[str]


def consequences_of(request: RightsRequest, *, of_all: bool) -> Consequences:
    if request.entry_id is not None:
        return _of_listed(RequestKind(request.kind))
    if request.kind == RequestKind.ERASURE:
        return erasing(of_all=of_all)
    told = {
        RequestKind.ACCESS: [_("You make a copy for them: what is kept of them, and who used it. Give it in person.")],
        RequestKind.CORRECTION: [_("Correct it first, on the page of the person in the case. Then press the button.")],
        RequestKind.WITHDRAWAL: [_("All that they agreed to is taken back. What rests on it stops within three days.")],
    }
    goes = told.get(RequestKind(request.kind), [_stopped()])
    if request.kind in (RequestKind.RESTRICTION, RequestKind.OBJECTION) and not of_all:
        goes.append(_("The others in the case are helped on."))
    return Consequences(goes, [], [])


def erasing(*, of_all: bool) -> Consequences:
    """Of a whole case, or of one of several people in it."""
    lost = _lost()
    if of_all:
        goes = [
            _(
                "The case with its people, story, consents, needs, services, plan, appointments, visits, referrals, "
                "transfers and history."
            ),
            _("The complaint it came from, its files, receipts and conversation; cases marked as the same."),
            _("What was written here about this request: who asked, and in which words."),
        ]
        stays = [_("For counts alone: village, kind, month, sex, age band, disability, outcome. Nobody in it.")]
        return Consequences(goes, stays, lost)
    goes = [
        _("Their name, numbers, contact, consents, needs with the plan for them, appointments, papers and referrals."),
        _("If they reported it: how they could be reached, and their receipts."),
        _("What was written here about this request: who asked, and in which words."),
    ]
    stays = [
        _("The case goes on: it is about somebody else too."),
        _(
            "The story, the rest of the plan, visits, transfers and their notes are of the others too. Read them, and "
            "take this person out of them."
        ),
    ]
    return Consequences(goes, stays, lost)


def _of_listed(kind: RequestKind) -> Consequences:
    """Of somebody on a list of people for a mobile service, of whom nothing else is kept."""
    if kind in (RequestKind.ERASURE, RequestKind.WITHDRAWAL):
        goes = [
            _("Their name and NIK on the list."),
            _("What was written here about this request: who asked, and in which words."),
        ]
        return Consequences(
            goes, [_("Their number in the queue and their papers are counted on, as nobody's.")], _lost()
        )
    told = {
        RequestKind.ACCESS: _("Show them what stands of them on the list, and nothing of the others on it."),
        RequestKind.CORRECTION: _("Correct it first, on the list. Then press the button."),
    }
    return Consequences([told.get(kind) or _stopped()], [], [])


def _stopped() -> str:
    return _("Their data are kept and not used: no service, no referral, and offices see nothing of it any more.")


def _lost() -> list[str]:
    return [
        _("What was printed, downloaded, photographed or told is out of our hands. Ask for it back."),
        _("Offices keep what they wrote down themselves. Ask them too."),
        _("Backups keep it until they are replaced. A backup that is restored is erased again by itself."),
    ]
