from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "simpul.config"
    label = "config"
