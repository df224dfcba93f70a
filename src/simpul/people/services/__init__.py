"""Writes of people, by what they are about."""

from simpul.people.services.affiliations import affiliate_person, correct_affiliation, end_affiliation
from simpul.people.services.consents import record_contact_consent, withdraw_contact_consent
from simpul.people.services.contacts import change_contacts
<<<<<<< HEAD
from simpul.people.services.exporting import TakenPerson, export_people
=======
from simpul.people.services.erasure import Ground, erase_person
>>>>>>> 051c6bf (Erase a person for good: what goes, what stays as an id, and never again out of a backup)
from simpul.people.services.persons import change_person, link_user, register_person
from simpul.people.services.withdrawal import withdraw_person

__all__ = [
<<<<<<< HEAD
    "TakenPerson",
=======
    "Ground",
>>>>>>> 051c6bf (Erase a person for good: what goes, what stays as an id, and never again out of a backup)
    "affiliate_person",
    "change_contacts",
    "change_person",
    "correct_affiliation",
    "end_affiliation",
<<<<<<< HEAD
    "export_people",
=======
    "erase_person",
>>>>>>> 051c6bf (Erase a person for good: what goes, what stays as an id, and never again out of a backup)
    "link_user",
    "record_contact_consent",
    "register_person",
    "withdraw_contact_consent",
    "withdraw_person",
]
