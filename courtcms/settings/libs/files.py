"""Uploads: how large, and how the web server takes them in."""

from courtcms.settings import environment as env

#: megabytes of one uploaded file
FILE_MAX_MB = int(env.text("COURTCMS_FILE_MAX_MB", "50"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
#: files of one form: a day's judgments are brought in together (publicity.batches takes 300 and says so)
DATA_UPLOAD_MAX_NUMBER_FILES = 500
