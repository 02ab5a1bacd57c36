"""The one-file verifier by itself: its own Ed25519 against a library, whom it trusts, and what it makes of nonsense."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.ledger import verify
from hemicycle.instruments.ledger.notes import (
    COSIGNATURE,
    NOTE,
    Checkpoint,
    Proof,
    Signer,
    join,
)
from hemicycle.instruments.ledger.tree import Tree, leaf_hash

LOG = Signer("assembly.example/record", NOTE, b"l" * 32)
WITNESSES = [Signer(f"witness.example/{i}", COSIGNATURE, bytes([i]) * 32) for i in range(1, 4)]
STRANGER = Signer("stranger.example", COSIGNATURE, b"s" * 32)
LEAVES = [bytes([i]) for i in range(7)]
TREE = Tree(map(leaf_hash, LEAVES))
CHECKPOINT = Checkpoint(LOG.name, 7, TREE.root())
NOW = 1_800_000_000


def policy(quorum: int) -> verify.Policy:
    lines = [f"# kept\nlog {LOG.verifier}"]
    lines += [f"witness w{i} {witness.verifier}" for i, witness in enumerate(WITNESSES)]
    group = f"group all {quorum} w0 w1 w2\nquorum all" if quorum else "quorum none"
    return verify.read_policy("\n".join([*lines, group, ""]))


def cosigned(*witnesses: Signer) -> str:
    return join(CHECKPOINT.sign(LOG), [witness.line(CHECKPOINT.text, NOW) for witness in witnesses])


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=60), st.integers(0, 511))
def test_signatures_are_judged_as_a_library_judges_them(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify.signature_holds(public, message, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(changed), message)
        is_right = True
    except InvalidSignature:
        is_right = False
    assert verify.signature_holds(public, message, bytes(changed)) == is_right
    assert not verify.signature_holds(public, message + b"x", signature)


def test_a_signature_of_rfc_8032_holds() -> None:
    """Section 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify.signature_holds(public, b"\x72", signature)
    assert not verify.signature_holds(public, b"\x73", signature)


@pytest.mark.parametrize(
    ("public", "signature"), [(b"", b""), (b"\xff" * 32, bytes(64)), (bytes(32), b"\xff" * 64)]
)
def test_bytes_that_are_no_key_or_no_signature_hold_nothing(public: bytes, signature: bytes) -> None:
    assert not verify.signature_holds(public, b"message", signature)


def test_a_quorum_counts_each_trusted_witness_once() -> None:
    first, second, _ = WITNESSES
    assert verify.check_note(cosigned(first, second), policy(2), "x")[1:3] == (7, TREE.root())
    assert verify.check_note(cosigned(), policy(0), "x")[3] == []
    twice = cosigned(first) + first.line(CHECKPOINT.text, NOW + 1)
    for note in (cosigned(), cosigned(first), cosigned(first, STRANGER), twice):
        with pytest.raises(verify.Fault, match="rewritten"):
            verify.check_note(note, policy(2), "x")


def test_without_the_logs_own_signature_no_witness_helps() -> None:
    lines = "".join(witness.line(CHECKPOINT.text, NOW) for witness in WITNESSES)
    with pytest.raises(verify.Fault, match="rewritten"):
        verify.check_note(f"{CHECKPOINT.text}\n{lines}", policy(1), "x")


def test_one_wrong_line_of_a_trusted_key_makes_the_note_worthless() -> None:
    other = Checkpoint(LOG.name, 6, TREE.root(6))
    note = cosigned(WITNESSES[0]) + WITNESSES[1].line(other.text, NOW)
    with pytest.raises(verify.Fault, match="edited"):
        verify.check_note(note, policy(1), "x")


def test_another_logs_checkpoint_is_refused() -> None:
    other = Checkpoint("other.example", 7, TREE.root())
    with pytest.raises(verify.Fault, match="rewritten"):
        verify.check_note(other.sign(LOG), policy(0), "x")


@given(st.integers(0, 6), st.binary(max_size=40))
@settings(max_examples=15, deadline=None)
def test_a_proof_travels_alone(index: int, extra: bytes) -> None:
    proof = str(Proof(index, tuple(TREE.inclusion(index)), cosigned(*WITNESSES), extra))
    assert verify.check_proof(proof, LEAVES[index], policy(3)) == (index, 7)
    with pytest.raises(verify.Fault):
        verify.check_proof(proof, LEAVES[(index + 1) % 7], policy(3))
    with pytest.raises(verify.Fault):
        verify.check_proof(proof.replace(f"index {index}", "index x"), LEAVES[index], policy(3))


@given(st.text(max_size=60))
def test_nonsense_is_a_fault_and_no_crash(text: str) -> None:
    key = verify.read_key(str(LOG.verifier))
    for ask in (
        lambda: verify.check_note(text, policy(1), "x"),
        lambda: verify.check_proof(text, b"", policy(1)),
        lambda: verify.check_receipt(text, key, policy(1), []),
        lambda: verify.check_receipt(json.dumps({"promise": text}), key, policy(1), []),
    ):
        with pytest.raises(verify.Fault):
            ask()


@pytest.mark.parametrize("told", [[], 1, {"promise": 1}, {"promise": "a\nb\n"}, None])
def test_a_receipt_of_another_shape_is_a_fault(told: object) -> None:
    with pytest.raises(verify.Fault, match="edited"):
        verify.check_receipt(json.dumps(told), verify.read_key(str(LOG.verifier)), policy(0), [])


VOTE = {
    "for": 8,
    "against": 4,
    "votes_cast": 12,
    "basis": "cast",
    "base": 12,
    "threshold": "1/2",
    "threshold_is": "more_than",
    "needed": 7,
    "quorum": "met",
}


def counted(after: str, **facts: object) -> tuple[int, int]:
    return verify.check_outcomes([(0, {"after": after, "facts": {**VOTE, **facts}})])


def test_an_outcome_is_counted_again_from_its_figures() -> None:
    assert counted("carried") == (1, 0)
    assert counted("rejected", **{"for": 6, "against": 6}) == (1, 0)
    assert counted("tied", **{"for": 6, "against": 6}) == (1, 0)
    assert counted("carried", threshold="2/3", threshold_is="at_least", needed=8) == (1, 0)
    assert counted("void", quorum="not_met") == (1, 0)
    assert verify.check_outcomes(
        [(0, {"facts": {"share": "1/3", "rounding": "up", "base": 15, "required": 5, "reserved": 5}})]
    ) == (0, 1)


@pytest.mark.parametrize(
    ("after", "facts"),
    [
        ("rejected", {}),
        ("carried", {"for": 6, "against": 6}),
        ("carried", {"quorum": "not_met"}),
        ("carried", {"needed": 6}),
        ("carried", {"votes_cast": 13}),
        ("carried", {"base": 20}),
        ("tied", {}),
        ("carried", {"threshold": "1/0"}),
        ("carried", {"for": "many"}),
    ],
)
def test_an_outcome_that_its_figures_do_not_give_is_found(after: str, facts: dict[str, object]) -> None:
    with pytest.raises(verify.Fault, match="edited"):
        counted(after, **facts)


@pytest.mark.parametrize("changed", [{"required": 4}, {"reserved": 4}, {"share": "x"}, {"rounding": "odd"}])
def test_a_reserve_that_was_not_met_is_found(changed: dict[str, object]) -> None:
    facts = {"share": "1/3", "rounding": "up", "base": 15, "required": 5, "reserved": 5, **changed}
    with pytest.raises(verify.Fault, match="edited"):
        verify.check_outcomes([(0, {"facts": facts})])


def test_a_policy_that_cannot_be_read_is_refused() -> None:
    for text in ("nonsense", "log a+b+c", f"log {LOG.verifier}\ngroup g 1 w9\nquorum g"):
        with pytest.raises((ValueError, LookupError)):
            verify.read_policy(text)
