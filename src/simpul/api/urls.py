"""Addresses of the API and of its reference page."""

from django.urls import path

from simpul.api.document import openapi
from simpul.api.v1 import api

urlpatterns = [
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
]
