"""Imports: a file is read and its effect shown; another clerk puts it in force, or it is withdrawn."""

from __future__ import annotations

import hashlib

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import plans, queries, sheets
from ..models import Body, Import
from ..procedure import IMPORT

act = gate(IMPORT, queries.offices)


@act
def preview_import(
    imported: Import,
    by: Actor,
    *,
    data: bytes,
    kind: str | None = None,
    extent: str | None = None,
    file_name: str = "",
) -> Facts:
    """Read a CSV file and work out what it would change. A file with a problem is refused whole, by line."""
    imported.kind = kind or imported.kind
    imported.extent = extent or imported.extent
    imported.file_name = file_name[-120:]
    imported.digest = hashlib.sha256(data).hexdigest()
    imported.plan = plans.plan(imported.kind, sheets.read(data, imported.kind), imported.extent)
    imported.base = plans.base_of(imported.kind)
    if not imported.plan["changes"]:
        raise Unmet(Finding(N_("The file changes nothing."), article=sheets.ARTICLE))
    return Facts({"kind": imported.kind, "digest": imported.digest, "counts": imported.plan["counts"]})


@act
def commit_import(imported: Import, by: Actor) -> Facts:
    """Put the previewed changes in force, if what stood when they were previewed still stands."""
    list(Body.objects.select_for_update().order_by("pk"))  # one import at a time looks at the membership
    if plans.base_of(imported.kind) != imported.base:
        raise Unmet(
            Finding(
                N_("This preview is stale: the data changed since. Withdraw it and preview the file again."),
                article="assembly.commit_import",
            )
        )
    plans.apply(imported.kind, imported.plan["changes"])
    imported.committed_at = clock.now()
    return Facts({"kind": imported.kind, "digest": imported.digest, "counts": imported.plan["counts"]})


@act
def withdraw_import(imported: Import, by: Actor) -> Facts:
    """The names of a withdrawn file are not kept."""
    imported.plan = {"changes": [], "counts": imported.plan.get("counts", {})}
    return Facts({"kind": imported.kind})
