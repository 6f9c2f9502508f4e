"""The web application, as WSGI servers want it."""

from django.core.wsgi import get_wsgi_application

from accord.config import env

env.use()
application = get_wsgi_application()
