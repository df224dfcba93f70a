from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "simpul.vault"
    label = "vault"
