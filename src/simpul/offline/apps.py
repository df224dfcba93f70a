from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "simpul.offline"
    label = "offline"
