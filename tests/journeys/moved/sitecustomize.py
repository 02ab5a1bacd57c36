"""The first thing that each process of a served copy reads: it lives at the time of a journey in which weeks pass.

JOURNEY_TIME names a file with the seconds between the real time and that of the journey.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

APART = Path(os.environ["JOURNEY_TIME"])
really_now = timezone.now


def now() -> datetime:
    return really_now() + timedelta(seconds=float(APART.read_text()))


timezone.now = now
