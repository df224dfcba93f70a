from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "simpul.territory"
    label = "territory"
