"""The web server's entrance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# Whoever starts this with another server than `hemicycle serve` meets the same refusal.
from hemicycle.web.supervisor import refuse_other_mode  # noqa: E402

refuse_other_mode()
