"""Registers the app with Django."""

from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    """Names the app `accord.negotiation`."""

    name = "accord.negotiation"
    default_auto_field = "django.db.models.BigAutoField"
