"""The tables of this context."""

from simpul.people.models.affiliations import Affiliation
from simpul.people.models.consents import ContactConsent
from simpul.people.models.contacts import ContactPoint
from simpul.people.models.persons import Person

__all__ = ["Affiliation", "ContactConsent", "ContactPoint", "Person"]
