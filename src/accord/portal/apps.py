"""Registers the app with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the app `accord.portal`."""

    name = "accord.portal"
    default_auto_field = "django.db.models.BigAutoField"
