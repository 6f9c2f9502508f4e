"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Names the app `accord.files`."""

    name = "accord.files"
    default_auto_field = "django.db.models.BigAutoField"
