from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "simpul.demo"
    label = "demo"

    def ready(self) -> None:
        if settings.DEMO:
            from simpul.demo.queries import months_published  # inline: app ready
            from simpul.web.data.awaiting import tell  # inline: app ready

            tell(months_published)
