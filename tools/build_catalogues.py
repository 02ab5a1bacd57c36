"""Compile every `.po` below `hemicycle/` that is newer than its `.mo`: at set-up, and when a wheel is built.

polib does it, so that no machine needs gettext's tools.
"""

from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(root: Path = ROOT) -> int:
    """Return how many catalogues were compiled."""
    done = 0
    for source in sorted((root / "hemicycle").glob("**/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            done += 1
    return done


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # set-up calls this file by itself, and needs no builder
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues()
