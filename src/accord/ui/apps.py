"""Registers the app with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Names the app `accord.ui`."""

    name = "accord.ui"
    default_auto_field = "django.db.models.BigAutoField"
