"""Routes of the files context."""

from django.urls import path

from accord.files import views

app_name = "files"
urlpatterns = [
    path("files/of/<str:record>/", views.files, name="files"),
    path("files/get/<str:token>/", views.get, name="get"),
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/download/", views.download, name="download"),
    path("files/<int:pk>/remove/", views.remove, name="remove"),
]
