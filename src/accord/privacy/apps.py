"""Registers the app with Django."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Names the app `accord.privacy`."""

    name = "accord.privacy"
    default_auto_field = "django.db.models.BigAutoField"
