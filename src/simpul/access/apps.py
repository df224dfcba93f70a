from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "simpul.access"
    label = "access"

    def ready(self) -> None:
        from simpul.access.erasing import declare_holding  # inline: app ready
        from simpul.access.telling import declare_kinds  # inline: app ready

        declare_kinds()
        declare_holding()
