"""Tags and filters every template has, without `{% load %}`."""

from django import template

register = template.Library()
