"""What is sent to the applicant, ready for WhatsApp: no name of a person, no number of the application."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.organisations.admission import ApplicationState
from simpul.organisations.models import ApplicationStep, MembershipApplication
from simpul.web import formats


def letter(application: MembershipApplication, last: ApplicationStep, words: str, address: str) -> str:
    """`words` is what the last step says, `address` the page for a receipt. "" where nothing is to be said."""
    names = {"name": application.name, "network": application.network.name, "organ": last.decided_by}
    if last.decided_on:
        names["day"] = _day(last.decided_on)
    sentence = _SENTENCES.get(last.state)
    if sentence is None:
        return ""
    greeting = _("To the board of %(name)s,") % names
    closing = _("Your application can be read with its number at %(address)s") % {"address": address}
    signed = _("Secretariat of %(network)s") % names
    return "\n\n".join(part for part in (greeting, str(sentence()) % names, words, closing, signed) if part)


def _asked() -> str:
    return _("thank you for your application to %(network)s. Before it is decided we have a question:")


def _accepted() -> str:
    return _("%(organ)s decided on %(day)s that %(name)s becomes a member of %(network)s. Welcome.")


def _refused() -> str:
    return _("%(organ)s decided on %(day)s that %(name)s does not become a member of %(network)s for now.")


def _day(day: date) -> str:
    return formats.day(day, language=get_language() or "id")


_SENTENCES = {
    ApplicationState.ASKED.value: _asked,
    ApplicationState.ACCEPTED.value: _accepted,
    ApplicationState.REFUSED.value: _refused,
}
