"""The words of a printed letter: whom it is from and to, and how to open it. Nothing of the matter, nobody's name."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.cases.queries.referrals import Referral
from simpul.kernel.time import local_date
from simpul.paper.letters import Letter
from simpul.web import formats

LANGUAGE = "id"  # of offices, whatever language the one who prints reads


def letter_of(referral: Referral, address: str, now: datetime) -> Letter:
    """The area stays out of it too: with the name of the group it could be enough."""
    sender = referral.case.owner_organisation
    day = formats.day(local_date(now, referral.case.area.zone), language=LANGUAGE)
    with override(LANGUAGE):
        return Letter(
            language=LANGUAGE,
            sender=sender.acronym or sender.name,
            sender_lines=[sender.name] if sender.acronym else [],
            place_and_day=day,
            number=_("Number %(code)s") % {"code": referral.code},
            recipient=_("To %(office)s") % {"office": referral.service_point.name},
            title=_("Letter of referral"),
            paragraphs=[
                _("We ask for the help of your office for somebody whom we accompany."),
                _("What this letter is about stands on no paper. It opens on your telephone or computer:"),
            ],
            steps=[
                _("Scan the code, or type the address below."),
                _("Press “Open the letter of referral” and enter the PIN. We tell it to you by telephone."),
                _("Answer whether you can help. No account is needed."),
            ],
            address=address,
            address_label=_("Scan to open"),
            signed=_("With respect, %(group)s") % {"group": sender.acronym or sender.name},
            footer=_("Whoever finds this letter learns nothing from it. Please return it to the sender."),
        )
