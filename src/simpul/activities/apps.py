from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "simpul.activities"
    label = "activities"

    def ready(self) -> None:
        _events()
        _learning()


def _events() -> None:
    from simpul.activities import knots, notice_kinds, publishing  # inline: app ready
    from simpul.activities.erasing import HOLDING  # inline: app ready
    from simpul.activities.rules import papers  # inline: app ready
    from simpul.documents import policies  # inline: app ready
    from simpul.notices.kinds import declare  # inline: app ready
    from simpul.organisations.publishing import follow_organisations  # inline: app ready
    from simpul.people import erasing  # inline: app ready
    from simpul.search import index  # inline: app ready
    from simpul.threads import registry  # inline: app ready

    registry.register("activities.event", knots.event_knots)
    registry.register("activities.eventseries", knots.series_knots)
    erasing.declare(HOLDING)
    policies.register("activities.event", papers.POLICY)
    index.declare("activities.event", publishing.events)
    follow_organisations(publishing.publish_of)
    for kind in notice_kinds.KINDS:
        declare(kind)


def _learning() -> None:
    from simpul.activities.rules import forums, library  # inline: app ready
    from simpul.documents import policies  # inline: app ready

    policies.register(forums.STAGE, forums.POLICY)
    policies.register(library.EDITION, library.POLICY)
