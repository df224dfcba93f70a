from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "simpul.releases"
    label = "releases"
