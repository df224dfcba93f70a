"""Every permission by name: what it lets somebody do, and whether it touches what is confidential.

Confidential is what concerns a person or an organisation's inside: people, cases, accounts, who may do what, the audit,
protected fields used to keep an organisation safe. A permission on what the directory shows is not.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Permission:
    label: Promise
    confidential: bool = False


PERMISSIONS: Final[dict[str, Permission]] = {
    "organisation.register": Permission(_("Register an organisation in the directory")),
    "organisation.edit": Permission(_("Keep an organisation's profile true")),
    "organisation.see_protected": Permission(_("See profile fields that are not public")),
    "organisation.set_safety": Permission(_("Hide an organisation at risk, or show it again")),
    "unit.manage": Permission(_("Arrange units and divisions")),
    "membership.manage": Permission(_("Keep the list of members")),
    "programme.manage": Permission(_("Keep programmes, their areas and partners")),
    "service_point.manage": Permission(_("Add and change service points")),
    "service_point.verify": Permission(_("Confirm that a service point's details are right")),
    "person.read": Permission(_("See people, their roles and contacts"), confidential=True),
    "person.manage": Permission(_("Add people and change their details"), confidential=True),
    "grant.read": Permission(_("See who may do what"), confidential=True),
    "grant.manage": Permission(_("Give and end roles"), confidential=True),
    "account.enrol": Permission(_("Let a volunteer in with a QR code"), confidential=True),
    "account.recover": Permission(_("Help somebody back in who lost their phone"), confidential=True),
    "account.confirm_recovery": Permission(_("Confirm that somebody may be helped back in"), confidential=True),
    "account.see_devices": Permission(_("See and sign out people's devices"), confidential=True),
    "token.manage": Permission(_("Keep the organisation's tokens for programs"), confidential=True),
    "audit.read": Permission(_("Read the record of acts"), confidential=True),
    "territory.manage": Permission(_("Keep areas, codes and holidays")),
    "thread.link": Permission(_("Link records into a chain")),
    "results.open_records": Permission(_("Open a figure into the records behind it")),
    "deadline.configure": Permission(_("Set the organisation's deadlines")),
    "case.record": Permission(_("Assist people and record their cases"), confidential=True),
    "case.coordinate": Permission(_("See and assign the group's cases"), confidential=True),
    "case.supervise": Permission(_("Look at a case that was brought to the supervisor"), confidential=True),
    "case.answer": Permission(_("Answer referrals to one's own service"), confidential=True),
    "case.override_consent": Permission(_("Refer without consent, with a reason that is kept"), confidential=True),
    "case.approve_closure": Permission(_("Approve that a case is closed"), confidential=True),
    "case.approve_own_closure": Permission(_("Approve closing a case one closed oneself"), confidential=True),
    "case.export": Permission(_("Take the register of cases out of the platform"), confidential=True),
    "case.export_unmasked": Permission(_("Take it out with names and numbers in it"), confidential=True),
    "case.satisfy_rights": Permission(_("Answer people who ask for their own data"), confidential=True),
    "breach.record": Permission(_("Keep the record of data breaches, and tell those concerned"), confidential=True),
    "event.manage": Permission(_("Plan events, announce, change and close them")),
    "attendance.record": Permission(_("See who comes to an event, and note that they came"), confidential=True),
    "release.read": Permission(_("Read published counts of cases as finely as one's work needs")),
    "release.propose": Permission(_("Propose what is published of cases")),
    "release.approve": Permission(_("Approve, as one of two, what is published of cases"), confidential=True),
    "response.lead": Permission(_("Open responses to disasters, keep them true, publish and report on them")),
    "response.report": Permission(_("Tell what one's organisation does and needs in a response")),
    "node.configure": Permission(_("Configure the platform")),
}
