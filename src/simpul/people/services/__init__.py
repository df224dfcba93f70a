"""Writes of people, by what they are about."""

from simpul.people.services.affiliations import affiliate_person, correct_affiliation, end_affiliation
from simpul.people.services.consents import record_contact_consent, withdraw_contact_consent
from simpul.people.services.contacts import change_contacts
from simpul.people.services.erasure import Ground, erase_person
from simpul.people.services.exporting import TakenPerson, export_people
from simpul.people.services.persons import change_person, link_user, register_person
from simpul.people.services.withdrawal import withdraw_person

__all__ = [
    "Ground",
    "TakenPerson",
    "affiliate_person",
    "change_contacts",
    "change_person",
    "correct_affiliation",
    "end_affiliation",
    "erase_person",
    "export_people",
    "link_user",
    "record_contact_consent",
    "register_person",
    "withdraw_contact_consent",
    "withdraw_person",
]
