"""Registers the provider with Django; allauth looks for `provider.py` in every app."""

from django.apps import AppConfig


class CasConfig(AppConfig):
    """Names the app; it has no tables."""

    name = "accord.config.cas"
    label = "cas_sign_in"
