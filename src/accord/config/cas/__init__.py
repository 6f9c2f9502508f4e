"""Signing in by CAS, the campus standard in China: a provider of django-allauth, so that all providers work alike."""
