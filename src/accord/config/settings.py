"""Django's settings. Values of the environment come from `env.py` alone."""

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from accord.config import env, logs, providers
from accord.config.storage import store_of

ENV = env.read()

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = ENV.origins
ROOT_URLCONF = "accord.config.urls"
WSGI_APPLICATION = "accord.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_DIR = ENV.data_dir

INSTALLED_APPS = [
    "accord.portal",
    "accord.demo",
    "accord.negotiation",
    "accord.measures",
    "accord.workspace",
    "accord.programmes",
    "accord.review",
    "accord.agreements",
    "accord.privacy",
    "accord.history",
    "accord.outbox",
    "accord.files",
    "accord.people",
    "accord.ui",
    "accord.kernel",
    "accord.config.cas",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "accord.kernel.trace.RequestIdMiddleware",
    "accord.config.observed.ObservedMiddleware",
    "accord.config.front.FrontMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before static files are answered, so that they bear the policy too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "accord.kernel.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accord.config.choices.ChoicesMiddleware",  # before the language is chosen: an account's choice goes first
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accord.people.middleware.ActorMiddleware",
    "accord.kernel.trace.TraceMiddleware",  # who, for whom, by which door and request, beside every audited write
    "accord.people.middleware.DraftMiddleware",
    "accord.portal.middleware.ZoneMiddleware",
    "accord.portal.middleware.ChromeMiddleware",
    "accord.portal.middleware.RefusedMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "accord.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "accord.ui.context.chrome",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Return Django's database settings for a PostgreSQL URL."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "accord"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, **parts},
    }


DATABASES = {"default": _database(ENV.database_url)}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_RESET_TIMEOUT = 3600

# Sign-in (django-allauth). Providers are a setting of Accord's own; allauth's is made of it.
PROVIDERS = providers.read(ENV.providers)
SOCIALACCOUNT_PROVIDERS = providers.allauth_settings(PROVIDERS)
SOCIALACCOUNT_ADAPTER = "accord.config.sign_in.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accord.people.forms.NewcomerForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an identity never opens an account because the address is the same
ACCOUNT_ADAPTER = "accord.config.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accord.people.queries.account_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # the present address holds until the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip",
    "login_failed": "100/10m/ip,10/10m/key",
    "reset_password": "100/h/ip,5/h/key",
    "reauthenticate": "10/10m/user",
}
ACCOUNT_FORMS = {
    "reset_password": "accord.people.forms.ForgottenForm",
    "reset_password_from_key": "accord.people.forms.NewPasswordForm",
    "change_password": "accord.people.forms.ChangePasswordForm",
    "set_password": "accord.people.forms.SetPasswordForm",
    "add_email": "accord.people.forms.AddressForm",
    "reauthenticate": "accord.people.forms.ConfirmItsYouForm",
}
MFA_ADAPTER = "accord.config.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Accord"
MFA_TOTP_TOLERANCE = 1  # clocks differ; each code still works once
MFA_FORMS = {
    "authenticate": "accord.people.forms.CodeForm",
    "reauthenticate": "accord.people.forms.CodeAgainForm",
    "activate_totp": "accord.people.forms.ActivateAppForm",
    "add_webauthn": "accord.people.forms.AddPasskeyForm",
    "edit_webauthn": "accord.people.forms.RenamePasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",  # counted together by all processes
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.time_zone
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["accord.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accord.ui.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # monitors ask beside the proxy
# Accord itself speaks plain HTTP, so where people come by HTTPS a proxy stands before it and says so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' preload list is for a domain's owner to enter, and hard to leave
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
API_LIMIT = ENV.api_limit
FILE_BYTES = ENV.files.at_most
FILE_UPLOAD_HANDLERS = [
    "accord.kernel.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_STORE = store_of(ENV.files)

EMAIL_BACKEND = "accord.config.mail.KeptMail"  # keeps what anybody sends until the write is kept
EMAIL_HOST, EMAIL_PORT = ENV.outbox.host, ENV.outbox.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.outbox.user, ENV.outbox.password
EMAIL_USE_SSL, EMAIL_USE_TLS = ENV.outbox.tls == "at once", ENV.outbox.tls == "starttls"
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.outbox.sender
SITE_ADDRESS = ENV.outbox.site  # stands before the links in mails and chats
WEBHOOK_LOOPBACK = ENV.outbox.loopback
WEBHOOK_DAYS_FAILING = ENV.outbox.days_failing

PROCRASTINATE_ON_APP_READY = "accord.config.worker.configure"
PGHISTORY_DEFAULT_TRACKERS = None

METRICS_TOKEN = ENV.metrics_token
LOGGING = logs.configuration(ENV.logs)
