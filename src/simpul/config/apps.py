from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "simpul.config"
    label = "config"

    def ready(self) -> None:
        from simpul.config import checks  # noqa: F401  # inline: app ready
