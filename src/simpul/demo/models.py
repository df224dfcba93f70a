"""How far the demo has been loaded."""

from django.db import models


class DemoStep(models.Model):
    """A step that is done, written in the step's own transaction: killed in between, it simply is not here."""

    key = models.CharField(max_length=60, primary_key=True)
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
