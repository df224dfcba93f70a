from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "simpul.releases"
    label = "releases"

    def ready(self) -> None:
        from simpul.releases import knots  # inline: app ready
        from simpul.threads import registry  # inline: app ready

        registry.register("releases.publishedcell", knots.cell_knots)
        registry.register("releases.release", knots.release_knots)
