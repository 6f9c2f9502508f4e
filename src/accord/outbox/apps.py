"""Registers the app with Django."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Names the app `accord.outbox`."""

    name = "accord.outbox"
    default_auto_field = "django.db.models.BigAutoField"
