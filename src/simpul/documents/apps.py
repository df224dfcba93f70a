from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "simpul.documents"
    label = "documents"
