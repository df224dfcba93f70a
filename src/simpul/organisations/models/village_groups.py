"""What a village group has that others have not: divisions, the village head's decree, the term of its board."""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, period_in_order


class Division(Record, Dated, Known):
    """A division of the group: public relations, economy, records, complaints and accompaniment."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="divisions")
    name = LocalizedTextField()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [period_in_order("organisations_division_period")]

    def __str__(self) -> str:
        return str(self.name)


class Decree(Record, Known):
    """The decree (SK) by which an official recognises the group."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="decrees")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=120)  # the office, never the official's name

    class Meta:
        ordering = ["issued_on", "id"]

    def __str__(self) -> str:
        return self.number


class BoardTerm(Record, Dated, Known):
    """One term of the board. Who sits on it is an affiliation of `people`; here is how many, as the minutes say."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="board_terms")
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="board_terms")
    women = models.PositiveSmallIntegerField(null=True, blank=True)
    men = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [period_in_order("organisations_boardterm_period")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.valid_from}"
