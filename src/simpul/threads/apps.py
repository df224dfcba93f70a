from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "simpul.threads"
    label = "threads"
