"""The front door."""

from django.http import HttpResponse
from django.shortcuts import render

from simpul.web.http import Request


def home(request: Request) -> HttpResponse:
    return render(request, "home/home.html")
