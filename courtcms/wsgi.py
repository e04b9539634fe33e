"""WSGI entry of the staff site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtcms.settings")
application = get_wsgi_application()
