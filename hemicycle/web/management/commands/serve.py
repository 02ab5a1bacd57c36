"""`hemicycle serve`: web, worker and clock under one parent."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import BaseCommand

from hemicycle.web import supervisor


class Command(BaseCommand):
    help = "Serve the platform: web, worker and clock under one parent; Ctrl-C ends all."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--workers", type=int, default=2, help="web processes (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor.refuse_wrong_database()
        for found in checks.run_checks(tags=["files"], include_deployment_checks=True):
            self.stdout.write(str(found.msg) + (f" {found.hint}" if found.hint else ""))
        self.stdout.write(f"Serving {settings.ENV.origin} - Ctrl-C ends everything.")
        sys.exit(supervisor.run(options["workers"]))
