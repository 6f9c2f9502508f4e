"""Registers the app with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Names the app `accord.agreements`."""

    name = "accord.agreements"
    default_auto_field = "django.db.models.BigAutoField"
