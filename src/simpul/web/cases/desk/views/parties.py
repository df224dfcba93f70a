"""Who the people of a case are, what it is about for each, and what they agreed to."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.consent_kinds import refer_to, transfer_to
from simpul.cases.consent_proofs import proof_of
from simpul.cases.queries.cases import Party, party_for, tags_of
from simpul.cases.queries.file import consent_for
from simpul.cases.queries.transfers import open_transfer_of
from simpul.cases.relations import PartyRole
from simpul.cases.rules.people import may_name_the_accused, may_tag
from simpul.cases.services.consents import confirm_stopped, give_consent, note_assent, withdraw_consent
from simpul.cases.services.parties import add_party, change_types, correct_party, tag_party
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import (
    AssentForm,
    ConsentForm,
    NewPartyForm,
    PartyForm,
    TagsForm,
    TypesForm,
    WithdrawForm,
)
from simpul.web.cases.desk.pages import asked, offices_near, opened, recorded
from simpul.web.documents.uploads import sealed_uploads
from simpul.web.documents.views.serving import served
from simpul.web.editing.entry import sent
from simpul.web.http import Request

PEOPLE = "cases:people"
SAFE: dict[Any, str] = {True: "yes", False: "no"}
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _party(request: Request, party_id: UUID, page: str) -> Party:
    """NotFound out of sight; else somebody of a case that is now in the log."""
    found = party_for(request.actor, party_id, now=timezone.now())
    found.case = recorded(request, found.case_id, page)
    return found


@signed_in
@form_page
def add(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "party_add")
    accused = may_name_the_accused(request.actor, case)
    roles = [role for role in PartyRole.values if role != PartyRole.ALLEGED or accused]
    form = NewPartyForm(roles, sent(request))

    def act() -> None:
        told = form.cleaned_data
        add_party(
            request.actor, case, role=told["role"], types=told["types"], details=form.particulars(),
            id=told["key"], now=timezone.now(),
        )  # fmt: skip

    return asked(request, case, form, act, title=_("Somebody else in it"), said=_("Added."), back=PEOPLE)


@signed_in
@form_page
def change(request: Request, party_id: UUID) -> HttpResponse:
    """Two who write the same field at once lose nothing: the coordinator decides which stays."""
    party = _party(request, party_id, "party")
    form = PartyForm(sent(request), initial=_known(party))

    def act() -> None:
        correct_party(request.actor, party, form.particulars(), seen=form.cleaned_data["seen"] or 0, now=timezone.now())

    return asked(request, party.case, form, act, title=_("Who they are"), said=_("Saved."), back=PEOPLE)


def _known(party: Party) -> dict[str, object]:
    sealed = ("name", "alias", "nik", "family_card", "bpjs", "phone", "address")
    known: dict[str, object] = {field: held.open() for field in sealed if (held := getattr(party, field))}
    plain = ("sex", "age_stated", "relation", "disability", "education")
    contact: dict[str, Any] = party.safe_contact.open() if party.safe_contact else {}
    answers = {f"safe_{name.removeprefix('safe_')}": value for name, value in contact.items()}
    answers["safe_to_call"] = SAFE.get(contact.get("safe_to_call"), "")
    return {
        **known,
        **{field: getattr(party, field) for field in plain},
        **answers,
        "birth_date": party.born,
        "seen": party.version,
    }


@signed_in
@form_page
def types(request: Request, party_id: UUID) -> HttpResponse:
    party = _party(request, party_id, "types")
    form = TypesForm(sent(request), initial={"types": [row.code for row in party.types.all()]})
    act = lambda: change_types(request.actor, party, types=form.cleaned_data["types"], now=timezone.now())  # noqa: E731
    return asked(request, party.case, form, act, title=_("What it is about"), said=_("Saved."), back=PEOPLE)


@signed_in
@form_page
def tags(request: Request, party_id: UUID) -> HttpResponse:
    party = _party(request, party_id, "tags")
    form = TagsForm(may_tag(request.actor, party.case), sent(request), initial={"tags": tags_of(request.actor, party)})
    act = lambda: tag_party(request.actor, party, tags=form.cleaned_data["tags"], now=timezone.now())  # noqa: E731
    return asked(request, party.case, form, act, title=_("What applies to them"), said=_("Saved."), back=PEOPLE)


@signed_in
@sealed_uploads
@form_page
def consent(request: Request, party_id: UUID) -> HttpResponse:
    party = _party(request, party_id, "consent")
    files = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ConsentForm(_whom(request, party), request.actor, *files)
    act = lambda: give_consent(request.actor, party, **form.given(), now=timezone.now())  # noqa: E731
    words = {"title": _("Consent"), "said": _("Noted."), "lead": _explained()}
    return asked(request, party.case, form, act, back=PEOPLE, template="cases/consent.html", **words)


def _explained() -> str:
    return _(
        "Explain first what is written down, who reads it, and that saying no takes no help away. Ask again later if "
        "there is no quiet moment."
    )


@signed_in
@require_safe
def proof(request: Request, consent_id: UUID) -> HttpResponse:
    """What was signed or said, for whoever sees the case: each look is noted."""
    given = consent_for(request.actor, consent_id, now=timezone.now())
    found = proof_of(given)
    if found is None:
        raise NotFound("cases.consent", consent_id)
    opened(request, given.party.case_id, "consent_proof")
    return cast("HttpResponse", served(request, found))  # sent in pieces, and guarded like a page


def _whom(request: Request, party: Party) -> list[tuple[str, str]]:
    """The offices near, and the organisation the case is being handed over to."""
    offices = [(refer_to(point.pk), point.name) for point in offices_near(request, party.case)]
    transfer = open_transfer_of(request.actor, party.case, now=timezone.now())
    if transfer is None:
        return offices
    words = _("Hand the whole case over to %(organisation)s") % {"organisation": transfer.to_organisation.name}
    return [(transfer_to(transfer.to_organisation_id), words), *offices]


@signed_in
@form_page
def assent(request: Request, party_id: UUID) -> HttpResponse:
    party = _party(request, party_id, "assent")
    form = AssentForm(sent(request))
    act = lambda: note_assent(request.actor, party, **form.given(), now=timezone.now())  # noqa: E731
    return asked(request, party.case, form, act, title=_("The child's own word"), said=_("Noted."), back=PEOPLE)


@signed_in
@form_page
def withdraw(request: Request, consent_id: UUID) -> HttpResponse:
    """Sent twice it is withdrawn once."""
    given = consent_for(request.actor, consent_id, now=timezone.now())
    case = recorded(request, given.party.case_id, "consent_withdraw")
    form = WithdrawForm(sent(request))
    act = lambda: withdraw_consent(request.actor, given, **form.cleaned_data, now=timezone.now())  # noqa: E731
    lead = _("From now on nothing rests on it. What runs because of it has to stop within three days.")
    return asked(request, case, form, act, title=_("Withdraw it"), said=_("Withdrawn."), back=PEOPLE, lead=lead)


@signed_in
@form_page
def stopped(request: Request, consent_id: UUID) -> HttpResponse:
    """What rested on a withdrawn consent has stopped. Said twice it is so from the first time."""
    given = consent_for(request.actor, consent_id, now=timezone.now())
    if not hasattr(given, "withdrawal"):
        raise NotFound("cases.consent", consent_id)
    case = recorded(request, given.party.case_id, "consent_stopped")
    act = lambda: confirm_stopped(request.actor, given.withdrawal, now=timezone.now())  # noqa: E731
    lead = _("Look first: no letter is open that rested on it, and whoever was told knows. Then the three days end.")
    form = forms.Form(sent(request))
    return asked(request, case, form, act, title=_("All of it has stopped"), said=_("Noted."), back=PEOPLE, lead=lead)
