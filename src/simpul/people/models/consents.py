"""What a person has agreed to be shown or contacted for."""

from django.db import models
from django.db.models import Q

from simpul.people.codes import ConsentChannel, Purpose
from simpul.people.models.persons import Person
from simpul.records.models import Record


class ContactConsent(Record):
    """Appended, never changed; `withdrawn_at` is set once. What is not here has not been agreed to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given_on = models.DateField()
    channel = models.CharField(max_length=10, choices=ConsentChannel.choices)
    recorded_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="people_contactconsent_one_standing",
            ),
            models.CheckConstraint(name="people_contactconsent_purpose", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="people_contactconsent_channel", condition=Q(channel__in=ConsentChannel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
