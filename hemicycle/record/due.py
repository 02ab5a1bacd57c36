"""What the clock does, one matter after the other: a matter that refuses holds up no other's deadline."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder, Refused

from .actors import CLOCK
from .acts import BoundAct
from .models import Matter
from .sealing import keystore

logger = logging.getLogger(__name__)


def take_each(act: BoundAct[Any, Any], matters: Iterable[Matter], **params: Any) -> int:
    """Take an act as CLOCK on each matter, each in a transaction of its own. Returns how many were taken.

    A matter that another clock was faster on, or has erased, is passed over. Any other refusal is logged with its reference and tried
    again in the next round; what is no refusal is a fault of the room and is raised.
    """
    done = 0
    for matter in matters:
        try:
            act(matter, CLOCK, **params)
        except (OutOfOrder, type(matter).DoesNotExist):
            continue
        except (Refused, Unmet, ValidationError, keystore.Destroyed) as error:
            logger.error("%s.%s %s: %s", act.table.room, act.step.act, matter.reference, error)
        else:
            done += 1
    return done
