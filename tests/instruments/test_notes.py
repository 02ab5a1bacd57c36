"""Notes, checkpoints, cosignatures and proofs as text: what is read is what was written, and nothing else is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.ledger.notes import (
    COSIGNATURE,
    NOTE,
    Checkpoint,
    Malformed,
    Note,
    Proof,
    Request,
    Signer,
    Untrusted,
    Verifier,
    encode,
    join,
)
from hemicycle.instruments.ledger.tree import Tree, leaf_hash

LOG = Signer("assembly.example/record", NOTE, b"l" * 32)
WITNESSES = [Signer(f"witness.example/{i}", COSIGNATURE, bytes([i]) * 32) for i in range(1, 4)]
STRANGER = Signer("stranger.example", COSIGNATURE, b"s" * 32)
TREE = Tree(leaf_hash(bytes([i])) for i in range(7))
CHECKPOINT = Checkpoint(LOG.name, 7, TREE.root())
NOW = 1_800_000_000


def cosigned(*witnesses: Signer) -> str:
    return join(CHECKPOINT.sign(LOG), [witness.line(CHECKPOINT.text, NOW) for witness in witnesses])


def test_the_example_of_the_specification_is_read_and_verified() -> None:
    """Key and note of C2SP signed-note 1.0, section "Example"."""
    key = Verifier.read("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = Note.read(
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert note.signed_by([key]) == {key: None}
    with pytest.raises(Untrusted):
        Note("This is another message.\n", note.lines).signed_by([key])


def test_a_key_is_read_as_it_is_written() -> None:
    for signer in (LOG, *WITNESSES):
        assert Verifier.read(str(signer.verifier)) == signer.verifier


def test_a_signer_never_prints_its_seed() -> None:
    assert "llll" not in repr(LOG) and LOG.seed.hex() not in repr(LOG)


@pytest.mark.parametrize("spoil", [
    lambda key: key.replace("assembly", "other"),
    lambda key: key[:-2] + "A=",
    lambda key: key.rpartition("+")[0],
    lambda key: key + "!",
    lambda key: "+" + key,
])  # fmt: skip
def test_a_key_that_was_changed_is_refused(spoil) -> None:
    with pytest.raises(Malformed):
        Verifier.read(spoil(str(LOG.verifier)))


@given(st.text("abcdefgh/.", min_size=1), st.integers(0, 10**15), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_is_written(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)
    assert Checkpoint.read(checkpoint.text) == checkpoint
    note = checkpoint.sign(Signer(origin, NOTE, root))
    assert str(Note.read(note)) == note and Checkpoint.read(Note.read(note).text) == checkpoint


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n01\n" + encode(b"r" * 32) + "\n", "a\n-1\n" + encode(b"r" * 32) + "\n",
    "a\n1\n" + encode(b"r" * 31) + "\n", "\n1\n" + encode(b"r" * 32) + "\n", "a\n1\n" + encode(b"r" * 32)])  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.read(text)


@pytest.mark.parametrize("note", ["", "text", "text\n", "text\n\n", "text\n\n— a\n", "text\n\n— a b c\n", "text\n\n— a AAAA\n",
    "text\n\n- a AAAAAAAA\n", "te\x07xt\n\n— a AAAAAAAA\n", "text\n\n— a+b AAAAAAAA\n", "text\n\n— a AAAAAAAA",
    "text\n\n— a AAAAAAB=\n", "text\n\n" + "— a AAAAAAAA\n" * 65])  # fmt: skip
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(Malformed):
        Note.read(note)


def test_a_cosignature_says_when() -> None:
    note = Note.read(cosigned(WITNESSES[0]))
    key = WITNESSES[0].verifier
    assert note.signed_by([key]) == {key: NOW}
    with pytest.raises(ValueError, match="time"):
        WITNESSES[0].line(CHECKPOINT.text)


@given(st.integers(0, 6), st.binary(max_size=40))
def test_a_proof_travels_alone(index: int, extra: bytes) -> None:
    proof = Proof(index, tuple(TREE.inclusion(index)), cosigned(*WITNESSES), extra)
    assert Proof.read(str(proof)) == proof


@pytest.mark.parametrize("spoil", [
    lambda text: text.replace("@v1", "@v2"),
    lambda text: text.replace("index 3", "index 03"),
    lambda text: text.replace("index 3\n", ""),
    lambda text: text.replace("\n\n", "\n"),
    lambda text: text.replace("index 3\n", "index 3\nAAAA\n"),
    lambda text: text.replace("index 3\n", "index 3\n" + (encode(b"r" * 32) + "\n") * 62),
    lambda text: "",
])  # fmt: skip
def test_what_is_no_proof_is_refused(spoil) -> None:
    proof = Proof(3, tuple(TREE.inclusion(3)), cosigned())
    with pytest.raises(Malformed):
        Proof.read(spoil(str(proof)))


def test_a_request_to_a_witness_is_read_as_it_is_written() -> None:
    request = Request(5, tuple(TREE.consistency(5)), cosigned())
    assert Request.read(str(request)) == request
    for wrong in ("", str(request).replace("old 5", "old -5"), str(request).replace("old", "new")):
        with pytest.raises(Malformed):
            Request.read(wrong)
