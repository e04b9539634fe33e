"""Development and the demo court of `make run`."""

from courtcms.settings import environment as env
from courtcms.settings.base import *  # noqa: F403

DEBUG = env.flag("COURTCMS_DEBUG", False)
COMPONENT_GALLERY = True
