"""The pages of lists, comparisons and hits, in each language, for whom they are; and `hemicycle screening`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from hemicycle.candidacy.models import Candidacy
from hemicycle.vetting import actions
from hemicycle.vetting.models import Hit, ListFile, Run, Source, Version
from hemicycle.vetting.procedure.screening import HitState, RunState, VersionState

from ..cast import Cast, sign_in
from . import listing, making
from .test_pages import LANGUAGES, send

pytestmark = pytest.mark.django_db


def sent(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_a_clerk_takes_a_list_into_use_reads_in_a_file_and_uses_it(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client("anna")
    assert "No list is in use" in clerk.get("/examinations/lists/").content.decode()
    begin = "/matters/new/vetting/keep_source/"
    assert send(clerk, begin, name="Invented list", publisher="", renewed_every="30").status_code == 422
    assert (
        send(clerk, begin, name="Invented list", publisher="An office", renewed_every="30").status_code == 302
    )
    source = Source.objects.get()
    read_in = f"/matters/new/vetting/read_in/?source={source.reference}"
    path = listing.write(tmp_path, listing.listed("p1", "Zinaida Quillfeather"))
    assert send(clerk, read_in, file=sent(path), format="").status_code == 302
    version = Version.objects.get()
    for prefix in LANGUAGES:
        page = clerk.get(f"{prefix}/matters/{version.reference}/").content.decode()
        assert "Zinaida Quillfeather" in page and version.file.sha256 in page
        assert clerk.get(f"{prefix}/matters/{source.reference}/").status_code == 200
    assert send(clerk, f"/matters/{version.reference}/use_version/").status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.IN_FORCE
    for prefix in LANGUAGES:
        assert "Invented list" in clerk.get(f"{prefix}/examinations/lists/").content.decode()


def test_a_broken_list_is_told_with_line_and_column_and_nothing_is_kept(cast: Cast, tmp_path: Path) -> None:
    clerk = cast.client("anna")
    source = listing.kept(cast.actor("anna"))
    read_in = f"/matters/new/vetting/read_in/?source={source.reference}"
    path = listing.write(tmp_path)
    path.write_text(path.read_text("utf-8") + "p1,Broken\n", encoding="utf-8")
    page = send(clerk, read_in, file=sent(path), format="")
    assert page.status_code == 422
    assert "list.csv, line 4, column 3" in page.content.decode()
    assert str(tmp_path) not in page.content.decode()
    assert not ListFile.objects.exists() and not Version.objects.exists()


def test_the_progress_of_a_comparison_is_shown_and_it_can_be_stopped(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    by, clerk = cast.actor("anna"), cast.client("anna")
    listing.used(listing.kept(by), by, listing.write(tmp_path))
    examination = making.assigned(candidacy, cast)
    begin = f"/matters/new/vetting/begin_run/?examination={examination.reference}"
    assert send(clerk, begin, occasion="bureau").status_code == 302
    run = Run.objects.get()
    for prefix in LANGUAGES:
        page = clerk.get(f"{prefix}/matters/{run.reference}/").content.decode()
        assert "<progress" in page and "hx-get" in page
    assert "0 of 1 file compared" in clerk.get(f"/matters/{run.reference}/").content.decode()
    assert send(clerk, f"/matters/{run.reference}/stop_run/").status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert "A comparison with the lists was stopped" in clerk.get("/desk/").content.decode()
    assert send(clerk, f"/matters/{run.reference}/resume_run/").status_code == 302
    actions.compare.func(run.pk)
    page = clerk.get(f"/matters/{run.reference}/").content.decode()
    assert "1 of 1 file compared" in page and "hx-get" not in page


def test_a_reader_judges_a_hit_on_its_page_and_everybody_else_finds_none(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    by = cast.actor("anna")
    name = candidacy.person.latin_name or candidacy.person.name
    listing.used(
        listing.kept(by), by, listing.write(tmp_path, listing.listed("p1", name, birth_dates="1970-02-03"))
    )
    examination = making.assigned(candidacy, cast)
    listing.compare([examination], by)
    first, _second = making.opened(examination)
    hit = listing.only_hit(examination)
    reader = sign_in(first.assessor)
    for prefix in LANGUAGES:
        page = reader.get(f"{prefix}/matters/{hit.reference}/").content.decode()
        assert "1970-02-03" in page and name in page and "0." not in page.split("<main")[1].split("</main")[0]
        assert hit.reference in reader.get(f"{prefix}/files/{first.reference}/").content.decode()
    assert hit.reference in reader.get("/desk/").content.decode()
    for key in ("anna", "greta", "henri", "marta", "nadia"):
        assert cast.client(key).get(f"/matters/{hit.reference}/").status_code == 404
    judge = f"/matters/{hit.reference}/judge_hit/"
    assert "What has been done" not in reader.get(f"/matters/{hit.reference}/").content.decode()
    kept = send(reader, judge, who="another", reasons="", language="en")
    assert kept.status_code == 422 and Hit.objects.get().state == HitState.RAISED
    assert (
        send(reader, judge, who="another", reasons="Another year of birth.", language="en").status_code == 302
    )
    assert Hit.objects.get().state == HitState.ANOTHER
    assert "What has been done" in reader.get(f"/matters/{hit.reference}/").content.decode()


def test_the_file_says_that_no_name_found_clears_nobody(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    by = cast.actor("anna")
    examination = making.assigned(candidacy, cast)
    first, _second = making.opened(examination)
    reader = sign_in(first.assessor)
    assert "has not been compared with any list" in reader.get(f"/files/{first.reference}/").content.decode()
    listing.used(listing.kept(by), by, listing.write(tmp_path))
    listing.compare([examination], by)
    page = reader.get(f"/files/{first.reference}/").content.decode()
    assert "clears nobody" in page and "Invented list, 1" in page
    assert "clean" not in page.split("<main")[1].split("</main")[0]


def test_only_clerks_find_the_pages_of_lists_and_comparisons(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    by = cast.actor("anna")
    version = listing.used(listing.kept(by), by, listing.write(tmp_path))
    run = listing.compare([making.assigned(candidacy, cast)], by)
    for key in ("clara", "greta", "nadia", "quiet"):
        client = cast.client(key)
        for path in ("/examinations/lists/", f"/matters/{version.reference}/", f"/matters/{run.reference}/",
                     f"/matters/{version.source.reference}/", "/matters/new/vetting/keep_source/",
                     f"/matters/new/vetting/read_in/?source={version.source.reference}"):  # fmt: skip
            is_own = (key, path) == (
                "nadia",
                f"/matters/{run.reference}/",
            )  # who is compared reads with what, and when
            assert client.get(path).status_code in ((200,) if is_own else (403, 404)), (key, path)
    own = cast.client("nadia").get(f"/matters/{run.reference}/").content.decode()
    assert "Invented list, 1" in own and "stop_run" not in own


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("screening", *arguments, stdout=out)
    return out.getvalue()


def test_a_list_is_read_in_at_the_command_line_and_used_by_a_clerk_only(cast: Cast, tmp_path: Path) -> None:
    source = listing.kept(cast.actor("anna"))
    assert "no version in use  to be renewed" in said("status")
    path = listing.write(tmp_path, listing.listed("p1", "Zinaida Quillfeather"))
    told = said("import", str(path), "--list", source.reference)
    version = Version.objects.get()
    assert "3 entries, 3 names" in told and version.reference in told
    assert max(map(len, told.splitlines())) <= 80
    assert version.state == VersionState.PREVIEWED
    actions.use_version(version, cast.actor("anna"))
    assert "Invented list, 1" in said("status")


@pytest.mark.parametrize(
    "arguments", [("missing.csv", "--list", "Invented list"), ("list.csv", "--list", "Another")]
)
def test_a_wrong_file_or_list_is_told_and_nothing_is_read_in(
    cast: Cast, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    listing.kept(cast.actor("anna"))
    listing.write(tmp_path)
    with pytest.raises(CommandError, match="Nothing was read in"):
        said("import", str(tmp_path / arguments[0]), *arguments[1:])
    assert not Version.objects.exists()
