"""What the directory is searched by. Derived from other tables by `listing`, never edited.

`hidden` repeats the organisation's safety mode and ends every index, so that the public's walk along one never leaves
it; whoever fetches the organisations themselves asks `rules.organisations.visible_to` again.
"""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.folded import FoldedField

TERM_LENGTH = 80


class DirectoryTerm(models.Model):
    """The folded rest of a name, present or former, from the beginning of each of its words on.

    "Yayasan Peneda Gandor" gives "yayasanpenedagandor", "penedagandor" and "gandor", so that a search for the beginning
    of any word, or for the words run together, is one range of one index.
    """

    term = FoldedField(max_length=TERM_LENGTH)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "organisation", "hidden"], name="organisations_directoryterm_once")
        ]

    def __str__(self) -> str:
        return self.term


class DirectoryFacet(models.Model):
    """One value an organisation is found under ("area:52.03", "sector:PP", "kind:OT.Y"), in the order of names."""

    facet = models.CharField(max_length=24)
    sort_key = FoldedField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "sort_key", "organisation", "hidden"], name="organisations_directoryfacet_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "facet"], name="directoryfacet_of")]

    def __str__(self) -> str:
        return self.facet
