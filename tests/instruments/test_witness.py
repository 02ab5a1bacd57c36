"""A witness signs one history of a log, whatever it is told, and answers as the protocol says."""

from __future__ import annotations

import hashlib
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hemicycle.instruments.ledger import notes
from hemicycle.instruments.ledger.notes import COSIGNATURE, NOTE, Checkpoint, Request, Signer
from hemicycle.instruments.ledger.tree import EMPTY, Tree, leaf_hash
from hemicycle.instruments.ledger.witness import Witness, kept, seen, server

LOG = Signer("assembly.example/record", NOTE, b"l" * 32)
OWN = Signer("witness.example", COSIGNATURE, b"w" * 32)
TREE = Tree(leaf_hash(bytes([i])) for i in range(40))
OTHER = Tree(leaf_hash(bytes([255 - i])) for i in range(40))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(OWN, [LOG.verifier], tmp_path, clock=lambda: 1_800_000_000)


def asked(old: int, size: int, tree: Tree = TREE, signer: Signer = LOG, origin: str = LOG.name) -> str:
    path = tree.consistency(old, size) if old <= size else []
    return str(Request(old, tuple(path), Checkpoint(origin, size, tree.root(size)).sign(signer)))


def test_what_extends_what_was_seen_is_cosigned(witness: Witness) -> None:
    for old, size in ((0, 3), (3, 3), (3, 17), (17, 40)):
        answer = witness.add_checkpoint(asked(old, size))
        assert answer.status == 200
        note = notes.Note.read(
            notes.join(Checkpoint(LOG.name, size, TREE.root(size)).sign(LOG), [answer.text])
        )
        assert note.signed_by([OWN.verifier]) == {OWN.verifier: 1_800_000_000}
        assert seen(witness.folder, LOG.name) == Checkpoint(LOG.name, size, TREE.root(size))


def test_another_history_is_never_cosigned(witness: Witness) -> None:
    witness.add_checkpoint(asked(0, 17))
    before = kept(witness.folder, LOG.name)
    refused = {
        asked(17, 40, OTHER): 422,
        asked(17, 17, OTHER): 422,
        asked(0, 40, OTHER): 409,
        asked(3, 40): 409,
        asked(17, 5): 400,
        asked(40, 40): 409,
        asked(17, 40).replace("old 17\n", "old 17\n" + notes.encode(EMPTY) + "\n"): 422,
    }
    for body, status in refused.items():
        assert witness.add_checkpoint(body).status == status
        assert kept(witness.folder, LOG.name) == before


def test_a_conflict_names_the_size_that_was_seen(witness: Witness) -> None:
    witness.add_checkpoint(asked(0, 17))
    answer = witness.add_checkpoint(asked(3, 40))
    assert (answer.status, answer.text, answer.kind) == (409, "17\n", "text/x.tlog.size")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("old 0\n", 400),
        ("old 0\n\nnothing\n", 400),
        (asked(0, 3, origin="other.example", signer=Signer("other.example", NOTE, b"o" * 32)), 404),
        (asked(0, 3, signer=Signer(LOG.name, NOTE, b"o" * 32)), 403),
        (asked(0, 3).replace("\n3\n", "\n4\n"), 403),
    ],
)
def test_what_is_wrong_in_form_or_not_the_logs_is_refused(witness: Witness, body: str, status: int) -> None:
    assert witness.add_checkpoint(body).status == status
    assert kept(witness.folder, LOG.name) is None


def test_an_empty_tree_has_one_root(witness: Witness) -> None:
    wrong = Checkpoint(LOG.name, 0, leaf_hash(b"x")).sign(LOG)
    assert witness.add_checkpoint(str(Request(0, (), wrong))).status == 422
    assert witness.add_checkpoint(asked(0, 0)).status == 200


def test_a_witness_that_starts_again_remembers(witness: Witness) -> None:
    witness.add_checkpoint(asked(0, 17))
    again = Witness(OWN, [LOG.verifier], witness.folder)
    assert again.add_checkpoint(asked(0, 40, OTHER)).status == 409
    assert again.add_checkpoint(asked(17, 40)).status == 200


def test_of_two_histories_at_once_one_is_cosigned(witness: Witness) -> None:
    bodies = [asked(0, 20, tree) for tree in (TREE, OTHER)] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(witness.add_checkpoint, bodies))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 15


def test_over_http_it_answers_as_the_protocol_says(witness: Witness) -> None:
    listening = server(witness, "127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    base = f"http://127.0.0.1:{listening.server_address[1]}"
    digest = hashlib.sha256(LOG.name.encode()).hexdigest()
    try:
        assert fetch(f"{base}/{digest}/checkpoint")[0] == 404
        assert fetch(f"{base}/add-checkpoint", asked(0, 7).encode())[0] == 200
        status, kind, body = fetch(f"{base}/add-checkpoint", asked(0, 8).encode())
        assert (status, kind, body) == (409, "text/x.tlog.size", "7\n")
        status, _, body = fetch(f"{base}/{digest}/checkpoint")
        assert status == 200
        assert set(notes.Note.read(body).signed_by([LOG.verifier, OWN.verifier])) == {
            LOG.verifier,
            OWN.verifier,
        }
        assert fetch(f"{base}/add-checkpoint", b"\xff\xfe")[0] == 400
        assert fetch(f"{base}/add-checkpoint", b"x" * 70_000)[0] == 413
        assert fetch(f"{base}/elsewhere", b"x")[0] == 404
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def fetch(url: str, data: bytes | None = None) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=5) as got:
            return got.status, got.headers["Content-Type"], got.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()
