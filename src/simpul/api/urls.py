"""Addresses of the API, its index, its document and its reference page."""

from django.urls import path

from simpul.api.document import openapi
from simpul.api.index import index
from simpul.api.reference import reference
from simpul.api.v1 import api

urlpatterns = [
    path("api/", reference, name="reference"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", index, name="api-index"),
    path("api/v1/", api.urls),
]
