"""The settings of the Django project: one application, and the peers with what they need."""

import json
import os

# What psycopg makes of the database's address.
_given = json.loads(os.environ["BENCH_PEERS_DATABASE"])

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _given["dbname"],
        "USER": _given.get("user", ""),
        "PASSWORD": _given.get("password", ""),
        "HOST": _given.get("host", ""),
        "PORT": _given.get("port", ""),
    }
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "auditlog",
    "pgtrigger",
    "pghistory",
    "bench.peers",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Where the application has no migrations, its triggers come with `migrate` itself.
PGTRIGGER_INSTALL_ON_MIGRATE = True
USE_TZ = True
