"""Registers the app with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app `accord.people`."""

    name = "accord.people"
    default_auto_field = "django.db.models.BigAutoField"
