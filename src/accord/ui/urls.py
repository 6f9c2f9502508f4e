"""Routes of what readers choose about the page itself, and of the style guide."""

from django.urls import path
from django.views.i18n import set_language

from accord.ui import views

app_name = "ui"

urlpatterns = [
    path("display/", views.display, name="display"),
    path("display/theme/", views.theme, name="theme"),
    path("display/language/", set_language, name="language"),
    path("style/", views.style_guide, name="style"),
    path("style/form/", views.style_form, name="style_form"),
    path("style/check/", views.style_check, name="style_check"),
    path("style/clash/", views.style_clash, name="style_clash"),
]
