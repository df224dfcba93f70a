from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "simpul.activities"
    label = "activities"

    def ready(self) -> None:
        _events()


def _events() -> None:
    from simpul.activities import notice_kinds  # inline: app ready
    from simpul.activities.erasing import HOLDING  # inline: app ready
    from simpul.activities.rules import papers  # inline: app ready
    from simpul.documents import policies  # inline: app ready
    from simpul.notices.kinds import declare  # inline: app ready
    from simpul.people import erasing  # inline: app ready

    erasing.declare(HOLDING)
    policies.register("activities.event", papers.POLICY)
    for kind in notice_kinds.KINDS:
        declare(kind)
