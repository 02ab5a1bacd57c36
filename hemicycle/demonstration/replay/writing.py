"""What a candidate writes into the form, and the evidence that goes with it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from hemicycle.candidacy import actions, files, queries
from hemicycle.candidacy.models import Call, Candidacy, Endorsement
from hemicycle.rules.charter import Charter

from .stage import Stage, data

# Days from which a statement holds, where the person gives none.
SINCE = {"sovereignty_of_ukraine": date(2014, 3, 18), "aggression_denounced": date(2022, 2, 24)}
FILES = {1: "png", 4: "pdf", 22: "txt", 33: "png"}  # by the place of the candidate in the story


def candidacy_of(stage: Stage, row: dict[str, Any], call: Call) -> Candidacy:
    """Begin a draft, after the notice of the risk."""
    candidacy = Candidacy(call=call, person=stage.people[row["key"]])
    actions.start(candidacy, stage.candidate(candidacy), notice_read=True)
    return candidacy


def write(stage: Stage, candidacy: Candidacy, row: dict[str, Any], index: int) -> None:
    """Fill in every part, and add evidence where the charter asks for it."""
    charter, by = queries.charter_of(candidacy.call), stage.candidate(candidacy)
    actions.save(candidacy, by, parts=parts(stage, charter, row))
    candidacy.person.refresh_from_db()
    stage.people[row["key"]] = candidacy.person
    titles = data("texts")["titles"][row["language"]]
    for criterion in charter.criteria:
        if not (criterion.asked and criterion.needs_evidence):
            continue
        title, kind = stage.pick(titles), FILES.get(index) if criterion.key == "public_opposition" else None
        given = (
            {"file": kept(kind, row, candidacy)}
            if kind
            else {"link": f"https://example.org/{row['key']}/{criterion.key}"}
        )
        actions.add_evidence(
            candidacy, by, title=title, language=row["language"], criterion=criterion.key, **given
        )


def parts(stage: Stage, charter: Charter, row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Values for every part of the form."""
    reserve = bool(row.get("reserve"))
    found: dict[str, dict[str, Any]] = {
        "names": {
            "name": row["name"], "latin_name": row["latin"], "public_name": row["latin"], "gender": row["gender"],
            "language": row["language"],
        },
        "people": {
            "people": row.get("people", ""), "spoken_language": row.get("spoken", ""), "region": row.get("region", ""),
            "for_reserve": reserve, "reserve_confirmed": reserve,
        },
        "residence": {"residence": row["residence"], "origin": row["origin"]},
        "declaration": {"is_own_act": True},
    }  # fmt: skip
    for criterion in (c for c in charter.criteria if c.asked):
        found[f"criterion:{criterion.key}"] = {
            "statement": statement(stage, criterion.key, row), "language": row["language"],
            "since": since(criterion.key, row) if criterion.needs_since else None, "declared": True,
        }  # fmt: skip
    for bar in (b for b in charter.bars if b.asked):
        found[f"bar:{bar.key}"] = service(bar.key, row)
    return found


def statement(stage: Stage, criterion: str, row: dict[str, Any]) -> str:
    if criterion == "public_opposition":
        return str(row["told"])
    ending = {"ru": "а", "fr": "e", "en": ""}[row["language"]] if row["gender"] == "f" else ""
    text = stage.pick(data("texts")["criteria"][row["language"]][criterion])
    return text.replace("{a}", ending).replace("{e}", ending)


def since(criterion: str, row: dict[str, Any]) -> date:
    if criterion == "exile":
        return date.fromisoformat(str(row["exile"]))
    return SINCE.get(criterion, date(2014, 9, 1))


def service(bar: str, row: dict[str, Any]) -> dict[str, Any]:
    told = row.get("service")
    if told is None or told["bar"] != bar:
        return {"answer": "no"}
    period = {
        "kind": told["kind"], "employer": told["employer"], "from_day": told["from"], "until_day": told["until"],
        "note": told["note"],
    }  # fmt: skip
    return {"answer": "yes", "periods": [period]}


ENDORSED = {
    "ru": ("Землячество за рубежом ({people})", "Знаем эту работу много лет и просим учесть наш голос."),
    "en": (
        "Community association abroad ({people})",
        "We have known this work for many years and speak for it.",
    ),
    "fr": (
        "Association de la communauté à l’étranger ({people})",
        "Nous connaissons ce travail depuis des années.",
    ),
}


def endorse(stage: Stage, candidacy: Candidacy, row: dict[str, Any]) -> None:
    """A body of the person's own people speaks for the candidate; it comes in through the candidate (2.3)."""
    body, words = ENDORSED[row["language"]]
    endorsement = Endorsement(
        candidacy=candidacy, body=body.format(people=row["people"]), statement=words, language=row["language"],
        is_of_own_people=True,
    )  # fmt: skip
    actions.add_endorsement(endorsement, stage.candidate(candidacy))


def kept(kind: str, row: dict[str, Any], candidacy: Candidacy) -> files.Kept:
    """A small real file, cleaned and sealed as every file is."""
    made = {"png": picture, "pdf": document, "txt": text}[kind](row)
    return files.keep(SimpleUploadedFile(f"evidence.{kind}", made), 10, files.envelope_for(candidacy))


def text(row: dict[str, Any]) -> bytes:
    return f"{row['name']}\n\n{row['told']}\n".encode()


def picture(row: dict[str, Any]) -> bytes:
    page = Image.new("RGB", (620, 420), "#f4f1ea")
    drawn = ImageDraw.Draw(page)
    drawn.rectangle((24, 24, 596, 396), outline="#8a7f6b", width=2)
    drawn.text((44, 48), f"{row['latin']} - page of an article", fill="#2b2b2b")
    for line in range(12):
        drawn.line((44, 96 + 22 * line, 560 - 37 * (line % 4), 96 + 22 * line), fill="#9a958a", width=5)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def document(row: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    # Without the time of the real clock: documents of two people that a machine draws within a second would share it.
    times = {"creationDate": None, "modDate": None}
    Image.open(io.BytesIO(picture(row))).save(out, "PDF", resolution=96, **times)
    return out.getvalue()
