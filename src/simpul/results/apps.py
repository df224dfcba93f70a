from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "simpul.results"
    label = "results"
