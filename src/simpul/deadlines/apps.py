from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "simpul.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        from simpul.deadlines import notice_kinds  # inline: app ready
        from simpul.notices.kinds import declare  # inline: app ready

        for kind in notice_kinds.KINDS:
            declare(kind)
