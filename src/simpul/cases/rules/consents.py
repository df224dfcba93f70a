"""What a person's consent covers at an instant, and what mediation is open to a case."""

from datetime import datetime

from simpul.cases.help_kinds import MediationGround
from simpul.cases.kinds import Setting
from simpul.cases.life import today_of
from simpul.cases.models import Case, Consent, MediationAllowance, Party, PartyType
from simpul.cases.relations import PartyRole
from simpul.cases.service_kinds import is_beyond_mediation


def standing_consent(party: Party, purpose: str, *, now: datetime) -> Consent | None:
    """The latest one that covers the purpose: not withdrawn, not expired."""
    rows = Consent.objects.filter(
        party=party, withdrawal=None, given_at__lte=now, expires_on__gt=today_of(party.case, now)
    )
    return next((row for row in rows.order_by("-given_at", "-id") if purpose in row.purposes), None)


def closed_to_mediation(case: Case, *, now: datetime) -> str | None:
    """Why nobody mediates in it: "never" (R1), or the ground that is not switched on; None where one may."""
    codes = list(PartyType.objects.filter(party__case=case).values_list("code", flat=True))
    if is_beyond_mediation(codes):
        return "never"
    allowed = set(
        MediationAllowance.objects.filter(owner_organisation=case.owner_organisation_id, ended_at=None).values_list(
            "ground", flat=True
        )
    )
    return next((ground for ground in _grounds(case, codes, now) if ground not in allowed), None)


def _grounds(case: Case, codes: list[str], now: datetime) -> list[str]:
    found = []
    if Setting.DOMESTIC in case.settings:
        found.append(MediationGround.DOMESTIC)
    if "K.T" in codes:
        found.append(MediationGround.TRAFFICKING)
    day = today_of(case, now)
    victims = Party.objects.filter(case=case, role=PartyRole.VICTIM)
    if case.protected and any(party.is_child(day) is not False for party in victims):
        found.append(MediationGround.CHILD)  # an unknown age is taken for a child's
    return [str(ground) for ground in found]
