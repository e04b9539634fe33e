"""Mail: off unless switched on. `COURTCMS_MAIL` is off, smtp, or file (messages as files, for trying out)."""

from courtcms.settings import environment as env

MAIL = env.text("COURTCMS_MAIL", "off")
if MAIL not in {"off", "smtp", "file"}:
    raise ValueError(f"COURTCMS_MAIL must be off, smtp or file, not {MAIL!r}")
EMAIL_BACKEND = {
    "off": "django.core.mail.backends.dummy.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
}[MAIL]
EMAIL_FILE_PATH = env.text("COURTCMS_MAIL_FOLDER") or str(env.BASE_DIR / "var" / "mail")
EMAIL_HOST = env.text("COURTCMS_MAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("COURTCMS_MAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("COURTCMS_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("COURTCMS_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("COURTCMS_MAIL_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("COURTCMS_MAIL_FROM", "courtcms@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
#: address under which staff open this site; links in mails start with it
SITE_ADDRESS = env.text("COURTCMS_SITE_ADDRESS", "http://localhost:8000")
