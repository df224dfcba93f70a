"""Referrals for tests, made through the services a person would use."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from simpul.cases.consent_kinds import Basis
from simpul.cases.models import Case, Referral
from simpul.cases.services.referrals import draft_referral, send_referral
from simpul.kernel.actor import Actor, System
from simpul.organisations.models import Organisation, ServicePoint
from tests.cast import Cast
from tests.factories.cases import NOW, make_case, victim_of
from tests.factories.organisations import make_service_point

MAKER = System("tests")
NAME, PHONE, STORY, ADDRESS = "Inaq Rinjani", "0800-000-0001", "Dipukul di dapur.", "Dusun Montong"
HOUR = timedelta(hours=1)
WHO = {"name": NAME, "phone": PHONE, "address": ADDRESS, "safe_contact": {"safe_to_call": False}}


def make_office(cast: Cast, *, organisation: Organisation | None = None, **details: Any) -> ServicePoint:
    """The UPTD PPA as the directory knows it, with the account of its officer behind it."""
    point = make_service_point(cast.lentera, hotline="0370-000-000", **details)
    point.organisation = organisation or cast.uptd
    point.save()
    return point


def make_matter(cast: Cast, types: Collection[str] = ("K.F",)) -> Case:
    case = make_case(cast.lentera, types=types, victim=WHO, narrative=STORY)
    return Case.objects.select_related("area", "owner_organisation").get(pk=case.pk)


def make_draft(cast: Cast, *, actor: Actor = MAKER, types: Collection[str] = ("K.F",), **more: Any) -> Referral:
    case = more.pop("case", None) or make_matter(cast, types)
    return draft_referral(
        actor,
        case,
        more.pop("party", None) or victim_of(case),
        more.pop("office", None) or make_office(cast),
        **{"request": "Mohon didampingi.", "fields": ["name", "age", "phone"], "now": NOW, **more},
    )


def make_referral(cast: Cast, *, actor: Actor = MAKER, **more: Any) -> Referral:
    """Sent, because somebody's life was in danger."""
    return send_referral(actor, make_draft(cast, **more), basis=Basis.VITAL_INTEREST, reason="Diancam.", now=NOW)
