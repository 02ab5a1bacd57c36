"""A file with many items for tests and for bench/file.py: read by nobody yet, its first reader at the door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hemicycle.candidacy.models import Call, Candidacy, Endorsement, Evidence, ServicePeriod
from hemicycle.record import clock, references
from hemicycle.vetting import queries
from hemicycle.vetting.models import Reading, ServiceEntry

from ..cast import Cast
from . import listing, making

ENDORSEMENTS, EXHIBITS, PERIODS, ENTRIES = 150, 100, 25, 25
ITEMS = ENDORSEMENTS + EXHIBITS + PERIODS + ENTRIES


def fill(candidacy: Candidacy) -> None:
    """Add 300 items under the candidacy's one key: endorsements, exhibits, dated facts of the form and of the timeline."""
    Endorsement.objects.bulk_create(
        Endorsement(
            candidacy=candidacy, body=f"Invented body {n}", statement=f"We have known this person for {n} years.",
            language="en", state="given", version=1, reference=references.new("ENDO"), created_at=clock.now(),
        )
        for n in range(ENDORSEMENTS)
    )  # fmt: skip
    law = queries.law_of(candidacy)
    criteria = ["", *(row.key for row in law.criteria if row.asked)]
    Evidence.objects.bulk_create(
        Evidence(
            candidacy=candidacy, criterion=criteria[n % len(criteria)], title=f"Article {n}", language="en",
            link=f"https://example.org/{n}", kind="link", added_at=clock.now(),
        )
        for n in range(EXHIBITS)
    )  # fmt: skip
    bars = [row.key for row in law.bars if row.asked]
    ServicePeriod.objects.bulk_create(
        ServicePeriod(
            candidacy=candidacy, bar=bars[n % len(bars)], kind="post", employer=f"Invented office {n}",
            from_day=date(1990 + n % 30, 1, 1), until_day=date(1992 + n % 30, 1, 1), note="",
        )
        for n in range(PERIODS)
    )  # fmt: skip
    kinds = [kind.key for kind in queries.service_kinds(law)]
    ServiceEntry.objects.bulk_create(
        ServiceEntry(
            candidacy=candidacy, kind=kinds[n % len(kinds)], what="A post.", payer=f"Invented payer {n}", language="en",
            began=f"{1990 + n}", ended=f"{1992 + n}", state="declared", version=1, reference=references.new("SERV"),
            created_at=clock.now(),
        )
        for n in range(ENTRIES)
    )  # fmt: skip


def opened(call: Call, cast: Cast, folder: Path) -> Reading:
    """The first reading of a full file, open to its reader; the file was compared with a list, on which one name of it stands,
    and shares a body with another file of the call."""
    candidacy = making.file(call, cast)
    fill(candidacy)
    examinations = [making.assigned(candidacy, cast), making.assigned(making.file(call, cast, "oleg"), cast)]
    Endorsement.objects.create(
        candidacy=examinations[1].candidacy, body="Invented body 1", statement="Yes.", language="en", state="given",
        version=1, reference=references.new("ENDO"), created_at=clock.now(),
    )  # fmt: skip
    for examination in examinations:
        making.opened(examination)
    path = listing.write(folder, listing.listed("n1", candidacy.person.name))
    clerk = cast.actor("anna")
    listing.used(listing.kept(clerk), clerk, path)
    listing.compare(examinations, clerk)
    return making.readings(examinations[0])[0]
