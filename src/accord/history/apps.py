"""Registers the app with Django."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Names the app `accord.history`."""

    name = "accord.history"
    default_auto_field = "django.db.models.BigAutoField"
