"""Registers the app with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the app `accord.demo`."""

    name = "accord.demo"
    default_auto_field = "django.db.models.BigAutoField"
