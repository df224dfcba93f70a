from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "simpul.organisations"
    label = "organisations"

    def ready(self) -> None:
        from simpul.documents import policies  # inline: app ready
        from simpul.notices.kinds import declare  # inline: app ready
        from simpul.organisations import knots, notice_kinds, publishing  # inline: app ready
        from simpul.organisations.rules import papers  # inline: app ready
        from simpul.search import index  # inline: app ready
        from simpul.threads import registry  # inline: app ready

        registry.register("organisations.organisation", knots.organisation_knots)
        registry.register("organisations.programme", knots.programme_knots)
        registry.register("organisations.membership", knots.membership_knots)
        registry.register("organisations.servicepoint", knots.service_point_knots)
        index.declare("organisations.organisation", publishing.organisations)
        index.declare("organisations.programme", publishing.programmes)
        index.declare("organisations.servicepoint", publishing.service_points)
        policies.register("organisations.organisation", papers.POLICY)
        for kind in notice_kinds.KINDS:
            declare(kind)
