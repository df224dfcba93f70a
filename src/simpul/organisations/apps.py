from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "simpul.organisations"
    label = "organisations"
