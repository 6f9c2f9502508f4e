"""Registers the app with Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Names the app `accord.kernel`."""

    name = "accord.kernel"
    default_auto_field = "django.db.models.BigAutoField"
