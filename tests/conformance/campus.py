"""Runs the CAS server of PyPI's `django-cas-server`, with two people in it: python campus.py PORT FOLDER SERVICE."""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

port, folder, service = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
settings.configure(
    DEBUG=True,
    SECRET_KEY="of this test alone",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="__main__",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "cas.sqlite"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "cas_server",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    STATIC_URL="/static/",
    CAS_AUTH_CLASS="cas_server.auth.DjangoAuthUser",
    CAS_NEW_VERSION_HTML_WARNING=False,
    CAS_NEW_VERSION_EMAIL_WARNING=False,
)
django.setup()
call_command("migrate", verbosity=0)
urlpatterns = [path("cas/", include("cas_server.urls", namespace="cas_server"))]

from cas_server.models import ReplaceAttributName, ServicePattern  # noqa: E402 (once Django is set up)
from django.contrib.auth.models import User  # noqa: E402 (the same)

for name, email in (("20240001", "wang@campus.example"), ("20240002", "")):
    User.objects.create_user(name, email, "a password of the tests", first_name="王芳")
pattern = ServicePattern.objects.create(pattern=service, name="accord", pos=1)
for given, said in (("first_name", "displayName"), ("email", "mail")):
    ReplaceAttributName.objects.create(name=given, replace=said, service_pattern=pattern)
call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)
