from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "simpul.accounts"
    label = "accounts"

    def ready(self) -> None:
        from simpul.accounts import adapters, checks  # noqa: F401  # inline: app ready
