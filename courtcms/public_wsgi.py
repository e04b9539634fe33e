"""WSGI entry of the public site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "courtcms.settings.public_site"
application = get_wsgi_application()
