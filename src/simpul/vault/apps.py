from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "simpul.vault"
    label = "vault"

    def ready(self) -> None:
        from simpul.vault import checks  # inline: app ready

        checks.connect()
