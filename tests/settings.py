"""Settings of the tests: a data folder of their own, a fast hasher, and one of two databases.

SQLite by default; PostgreSQL where HEMICYCLE_TEST_DATABASE_URL is set (`make test` runs both).
"""

import os
import tempfile

os.environ["HEMICYCLE_HOME"] = tempfile.mkdtemp(prefix="hemicycle-tests-")
for _name in ("DATABASE_URL", "HEMICYCLE_DEMO", "HEMICYCLE_ORIGIN", "HEMICYCLE_SMTP_URL", "HEMICYCLE_BIND"):
    os.environ.pop(_name, None)
if os.environ.get("HEMICYCLE_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["HEMICYCLE_TEST_DATABASE_URL"]

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, HOME  # noqa: E402

TESTING = True
# What the tests write is thrown away: a power cut may take it, and thousands of waits for the disk are spared.
os.fsync = lambda handle: None
WRAP_ROUNDS = 1000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_GOES = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and the live server's workers open it too.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
else:
    DATABASES["default"]["OPTIONS"].pop(
        "pool", None
    )  # a pool holds connections that a test database must drop
