"""Routes of the history context."""

from django.urls import URLPattern

app_name = "history"
urlpatterns: list[URLPattern] = []
