"""Cases that change hands, through the services a person would use. "Lestari" coordinates the other group."""

from datetime import timedelta
from typing import Any

from simpul.access import services as access
from simpul.access.queries import actor_for
from simpul.accounts import services as accounts
from simpul.cases.consent_kinds import Basis, transfer_to
from simpul.cases.models import Case, Consent, Party, Transfer
from simpul.cases.services.consents import give_consent
from simpul.cases.services.transfers import ask_transfer, draft_transfer
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.people import services as people
from tests.cast import BUILDER, Cast, Played
from tests.cast import NOW as BEGAN
from tests.factories.cases import MAKER, NOW
from tests.factories.referrals import make_matter

SUMMARY = "Perlu pendampingan di dekat rumahnya yang baru."
REASON = "Ia pindah ke desa mereka."


def make_coordinator(at: Organisation, name: str = "Lestari") -> Played:
    """Somebody who coordinates there, with an account and their second factor shown."""
    user = accounts.create_user(BUILDER, now=BEGAN)
    person = people.register_person(BUILDER, organisation=at, role="chair", name=name, now=BEGAN)
    people.link_user(BUILDER, person, user, now=BEGAN)
    access.grant_role(BUILDER, person, role="coordinator", organisation=at, reason="pemeran", now=BEGAN)
    return Played(name.lower(), actor_for(user.pk, now=NOW, second_factor=True), user, person)


def make_draft(cast: Cast, *, actor: Actor = MAKER, case: Case | None = None, **more: Any) -> Transfer:
    told = {
        "to": cast.other_group, "summary": SUMMARY, "reason": REASON, "fields": ["types", "age", "sex"], "now": NOW,
    }  # fmt: skip
    return draft_transfer(actor, case or make_matter(cast), **{**told, **more})


def agree_to(party: Party, to: Organisation, **more: Any) -> Consent:
    told = {
        "capacity": "self", "purposes": [transfer_to(to.pk)], "language": "sas", "manner": "spoken",
        "witness": "Ibu Kader", "expires_on": NOW.date() + timedelta(days=365), "now": NOW,
    }  # fmt: skip
    return give_consent(MAKER, party, **{**told, **more})


def make_offer(cast: Cast, *, actor: Actor | None = None, case: Case | None = None, **more: Any) -> Transfer:
    """Asked with the consent of everybody it is about."""
    transfer = make_draft(cast, case=case, **more)
    for party in transfer.case.parties.filter(role="victim").select_related("case__area"):
        agree_to(party, transfer.to_organisation)
    return ask_transfer(actor or cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)
