"""Routes of the demo."""

from django.urls import path

from accord.demo import views

app_name = "demo"
urlpatterns = [
    path("what-is-real/simulated/", views.simulated, name="simulated"),
]
