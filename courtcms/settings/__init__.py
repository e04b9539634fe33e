"""The settings in force: `COURTCMS_ENV=production` hardens them, anything else is the development and demo setup."""

import os

if os.environ.get("COURTCMS_ENV") == "production":
    from courtcms.settings.production import *  # noqa: F403  settings modules are star-imported by Django's own convention
else:
    from courtcms.settings.dev import *  # noqa: F403  see above
