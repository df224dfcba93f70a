"""Where allauth's secrets go: into sealed rows of ours, so that they are rotated and bound like every other."""

from typing import Any
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete
from django.dispatch import receiver

from simpul.accounts.models import AuthenticatorSecret


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """allauth asks to encrypt a secret and stores what it gets: the id of a sealed row."""

    def encrypt(self, text: str) -> str:
        return str(AuthenticatorSecret._default_manager.create(secret=text).pk)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. AuthenticatorSecret.DoesNotExist for an id without a row."""
        row = AuthenticatorSecret._default_manager.get(pk=UUID(encrypted_text))
        return str(row.secret.open())


@receiver(post_delete, sender=Authenticator)
def forget_secrets(instance: Authenticator, **_: Any) -> None:
    """A secret goes with its authenticator."""
    kept = [instance.data[key] for key in ("secret", "seed") if key in instance.data]
    AuthenticatorSecret._default_manager.filter(pk__in=kept).delete()
