"""Models with encrypted columns, outside the real registry of models."""

from django.apps.registry import Apps
from django.db import models

from simpul.kernel.ids import uuid7
from simpul.kernel.text import fold
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedJSONField, SealedTextField

REGISTRY = Apps()


class Safe(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    label = models.CharField(max_length=40, default="")
    name = SealedTextField()
    name_index = BlindIndexField("name", normalise=fold)
    name_index_next = NextIndexField("name_index")
    phone = SealedTextField(null=True)
    answers = SealedJSONField(null=True)

    class Meta:
        apps = REGISTRY
        app_label = "safes"

    def __str__(self) -> str:
        return str(self.pk)


class Locker(models.Model):
    """One value once: its index is unique, and stays so while keys are rotated."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    safe = models.ForeignKey(Safe, null=True, on_delete=models.CASCADE)
    code = SealedTextField()
    code_index = BlindIndexField("code", normalise=str.upper, unique=True)
    code_index_next = NextIndexField("code_index", unique=True)

    class Meta:
        apps = REGISTRY
        app_label = "safes"

    def __str__(self) -> str:
        return str(self.pk)


MODELS = (Safe, Locker)
