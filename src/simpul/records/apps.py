from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "simpul.records"
    label = "records"
