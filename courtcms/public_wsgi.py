"""WSGI entry of the public site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "courtcms.settings.public_site"
django_application = get_wsgi_application()

from publicity.portal.quick import Quick, warm  # noqa: E402  needs Django's applications, which were loaded just now

warm()
application = Quick(django_application)
