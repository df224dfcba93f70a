"""What the directory is searched by. Derived from other tables by `listing`, never edited.

Each row repeats what a walk along its index asks of the organisation: `hidden`, its safety mode, and the marks of all
it is found by (`organisations.marks`). So a walk never leaves its index for an organisation that is not meant; whoever
fetches the organisations themselves asks `rules.organisations.visible_to` again.
"""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.folded import FoldedField

TERM_LENGTH = 80


class _Listed(models.Model):
    # Indexed by the constraint of each table, which begins with it.
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    hidden = models.BooleanField(default=False)
    facet_marks = models.BigIntegerField(default=0)
    word_marks = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class DirectoryTerm(_Listed):
    """The folded rest of a name, present or former, from the beginning of each of its words on.

    "Yayasan Peneda Gandor" gives "yayasanpenedagandor", "penedagandor" and "gandor", so that a search for the beginning
    of any word, or for the words run together, is one range of one index.
    """

    term = FoldedField(max_length=TERM_LENGTH)
    # The letters it begins with as an earlier term of the same organisation does: a walk meets that one first.
    repeats = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "term"], name="organisations_directoryterm_once")
        ]
        indexes = [
            models.Index(
                fields=["term", "organisation", "hidden", "repeats", "facet_marks", "word_marks"],
                name="directoryterm_walk",
            )
        ]

    def __str__(self) -> str:
        return self.term


class DirectoryFacet(_Listed):
    """One value an organisation is found under ("area:52.03", "sector:PP", "kind:OT.Y"), in the order of names."""

    facet = models.CharField(max_length=24)
    sort_key = FoldedField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "facet"], name="organisations_directoryfacet_once")
        ]
        indexes = [
            models.Index(
                fields=["facet", "sort_key", "organisation", "hidden", "facet_marks", "word_marks"],
                name="directoryfacet_walk",
            )
        ]

    def __str__(self) -> str:
        return self.facet
