"""How a person is reached: encrypted, each kind once."""

from django.db import models
from django.db.models import Q

from simpul.people.codes import ContactKind
from simpul.people.models.persons import Person
from simpul.records.models import Record
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedTextField


class ContactPoint(Record):
    """A phone or WhatsApp number ("+62..."), or an e-mail address. Two people may share one; a row apart from the
    person, so that lists of people never load it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    value = SealedTextField()
    value_index = BlindIndexField("value", normalise=str)
    value_index_next = NextIndexField("value_index")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="people_contactpoint_one_of_a_kind"),
            models.CheckConstraint(name="people_contactpoint_kind", condition=Q(kind__in=ContactKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
