"""Certificates and slips as PDF, in the language of whoever prints them."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.models import Certificate, CertificateRule, Event
from simpul.organisations.models import Organisation
from simpul.organisations.queries.node import logo_of_node, this_node
from simpul.paper.certificates import Certificates, Holder, print_certificates
from simpul.paper.slips import Slips
from simpul.web import formats
from simpul.web.accounts.guards import private
from simpul.web.activities.rows import place_of, titled
from simpul.web.activities.when import when

PAGE: Final = 50  # certificates of one file


def logo_for(organisation: Organisation) -> bytes:
    """The picture in the header of this Simpul: b"" where there is none."""
    del organisation  # organisations have no pictures of their own yet: the network's stands for its members
    found = logo_of_node()
    return found.png if found else b""


def certificates_pdf(rows: Sequence[Certificate]) -> HttpResponse:
    """All of one event."""
    response = HttpResponse(print_certificates(_sheet(rows)), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sertifikat.pdf"'
    return private(response)


def _sheet(rows: Sequence[Certificate]) -> Certificates:
    event, language = rows[0].event, get_language() or "id"
    rule = CertificateRule.objects.get(event=event)
    node = this_node()
    hosts = [event.owner_organisation.name]
    if node and node.host_id != event.owner_organisation_id:
        hosts.append(node.host.name)
    seat = event.area or event.owner_organisation.seat
    day = formats.day(rows[0].issued_on, language=language)
    return Certificates(
        language=language,
        logo=logo_for(event.owner_organisation),
        sender=" · ".join(hosts),
        title=_("Certificate"),
        given=_("is given to"),
        for_=_("who took part in"),
        event=titled(event, language),
        about=[when(event.starts_at, event.ends_at, event.clock), str(place_of(event))],
        place_and_day=f"{seat.name}, {day}" if seat else day,
        signer=rule.signer.open(),
        signer_position=rule.signer_position,
        stamp=_("stamp"),
        check=_("Is it genuine? Scan this, or type the code at %(address)s") % {"address": _address("outcomes:check")},
        holders=[_holder(row) for row in rows],
    )


def _holder(row: Certificate) -> Holder:
    name = row.name.open() if row.name else ""
    return Holder(name, row.number, row.code, f"{settings.SITE}{reverse('outcomes:verdict', args=[row.code])}")


def _address(name: str) -> str:
    """As it is typed: without https."""
    return f"{settings.SITE}{reverse(name)}".partition("://")[2].rstrip("/")


def slips_to_print(event: Event, codes: Sequence[str]) -> Slips:
    language = get_language() or "id"
    text = _("Say what you thought: two minutes, no name. Nobody can see whose answer is whose. The code works once.")
    return Slips(
        language=language,
        title=_("What did you think of it?"),
        event=titled(event, language),
        text=text,
        typed=_("Scan it, or type the code at %(address)s") % {"address": _address("outcomes:answer")},
        codes=[(code, f"{settings.SITE}{reverse('outcomes:opened', args=[code])}") for code in codes],
    )
