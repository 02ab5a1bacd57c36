"""A secret key in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def make(path: Path) -> bytes:
    """A new seed of 32 bytes; the one that is there, where there is one. Raises ValueError for a file of another kind."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        seed = bytes.fromhex(path.read_text().strip())
        if len(seed) != 32:
            raise ValueError(f"{path} holds no key") from None
        return seed
    seed = secrets.token_bytes(32)
    with os.fdopen(handle, "w") as file:
        file.write(seed.hex())
        file.flush()
        os.fsync(file.fileno())
    return seed
