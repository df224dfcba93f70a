from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "simpul.interop"
    label = "interop"
