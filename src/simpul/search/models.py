"""What is found, as anybody may read it. Derived from other contexts' records, never edited."""

from django.db import models

from simpul.records.folded import FoldedField

KEY_LENGTH = 80


class Entry(models.Model):
    """One public record. The engines index `title_words` and `body_words`; see `fulltext`.

    Not a `Record`: it is made anew at will. The integer key is what SQLite's full-text table refers to.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=80)
    uuid = models.UUIDField()
    section = models.CharField(max_length=40)  # the heading it is found under, declared by its context
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    title_key = FoldedField(max_length=KEY_LENGTH)  # the title without spaces: "penedagandor"
    title_words = models.TextField()  # folded words, as both engines split them
    body_words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "uuid"], name="search_entry_once")]
        indexes = [models.Index(fields=["title_key"], name="search_entry_by_title")]

    def __str__(self) -> str:
        return self.title
