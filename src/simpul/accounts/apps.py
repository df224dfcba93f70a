from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "simpul.accounts"
    label = "accounts"

    def ready(self) -> None:
        from simpul.accounts import checks  # noqa: F401 - app ready
