"""Signed acts: what exactly is signed, and the page that asks for it. Who can sign, and with what, another room says.

A passkey signs one challenge of 32 bytes. Here it is SHA-256 over a canonical statement of the act, so that a
signature serves this act with these parameters, sent by this form, by this person, once - and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemicycle.record.acts import BoundAct
from hemicycle.record.models import Matter

VERSION = "hemicycle-act-1"
TICKET, SIGNATURE, CHANGE = "signing", "credential", "change"
OWN = frozenset({"csrfmiddlewaretoken", TICKET, SIGNATURE, CHANGE})


class NotSigned(Exception):
    """There is no signature for this statement. `problem` says why, and is empty before anybody has signed."""

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        super().__init__(problem or "not signed yet")


@dataclass(frozen=True)
class Statement:
    """One act as it would be taken. `params` is a digest of what the form says; a secret choice never enters it."""

    room: str
    act: str
    matter: str  # reference, empty for a matter that the act begins
    seen: int | None
    once: str
    params: str

    def challenge(self, person: str, nonce: str) -> bytes:
        """The 32 bytes that are signed: for one person, under a nonce that only the server knows until then."""
        said = {"version": VERSION, **asdict(self), "person": person, "nonce": nonce}
        return hashlib.sha256(_canonical(said)).digest()


class Signer(Protocol):
    """What the people's room can do: ask the person at the door for a signature, and verify it."""

    def ask(self, request: HttpRequest, statement: Statement) -> Mapping[str, Any]:
        """What the part `template` of the page needs to ask for the signature; begins the few minutes for it."""

    def verify(self, request: HttpRequest, statement: Statement) -> str:
        """How the statement was signed in this request ("passkey", "demonstration"). Raises `NotSigned`."""

    def use_up(self, request: HttpRequest) -> None:
        """The act was taken or refused: what was signed is worth nothing any more."""


signers: list[Signer] = []


def of(
    bound: BoundAct[Any, Any], matter: Matter, form: forms.Form, request: HttpRequest, *, but: str = ""
) -> Statement:
    """The statement of a valid form. `but`: the field of a secret choice, which is left out."""
    given = {name: value for name, value in form.cleaned_data.items() if name not in ("once", "seen", but)}
    return statement(
        bound,
        matter,
        {"form": given, "query": request.GET.dict()},
        seen=form.cleaned_data.get("seen"),
        once=form.cleaned_data["once"],
    )


def statement(
    bound: BoundAct[Any, Any], matter: Matter, params: Mapping[str, Any], *, seen: int | None, once: str
) -> Statement:
    return Statement(
        room=bound.table.room,
        act=bound.step.act,
        matter=matter.reference if matter.pk else "",
        seen=seen,
        once=once,
        params=hashlib.sha256(_canonical(params)).hexdigest(),
    )


def asked(request: HttpRequest, said: Statement) -> Mapping[str, Any]:
    """What a page shows to have the statement signed (`web/_sign.html`)."""
    return signers[0].ask(request, said)


def verified(request: HttpRequest, said: Statement) -> str:
    """How the statement was signed in this request. Raises `NotSigned`."""
    return signers[0].verify(request, said)


@contextmanager
def using(request: HttpRequest, signed: str | None) -> Iterator[Callable[[], None]]:
    """Around the act: with it or, where it is refused, afterwards its signature is used up. Not before, so that the twin
    of a form that was sent twice finds the act recorded, and is told so. Yields what the act's transaction calls."""
    is_left = signed is not None

    def spend() -> None:
        nonlocal is_left
        if is_left:
            is_left = False
            signers[0].use_up(request)

    try:
        yield spend
    finally:
        spend()


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that the form sent, to be sent again with the signature: nothing is typed twice."""
    return [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]


def in_words(form: forms.Form) -> list[tuple[str, str]]:
    """What the person wrote and chose, field by field, for the page on which it is signed."""
    found = []
    for field in form.visible_fields():
        text = _shown(field.field, form.cleaned_data.get(field.name))
        if text:
            found.append((str(field.label), text))
    return found


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        chosen = value if isinstance(value, QuerySet | list | tuple) else [value] if value else []
        return ", ".join(str(field.label_from_instance(one)) for one in chosen)
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(
            _label(cast("Iterable[Any]", field.choices), str(one)) for one in values if one not in (None, "")
        )
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return "" if value is None else str(value)


def _label(choices: Iterable[Any], value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            found = _label(label, value)
            if found != value:
                return found
        elif str(key) == value:
            return str(label)
    return value


def _canonical(value: Mapping[str, Any]) -> bytes:
    """One text for one meaning: sorted keys, no blanks, UTF-8."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return f"{value.timestamp():.6f}"  # an instant is the same in every time zone
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # 1 and 1.00 are one amount
    if isinstance(value, Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, QuerySet | list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, UploadedFile):
        value.seek(0)
        digest = hashlib.sha256(value.read()).hexdigest()
        value.seek(0)
        return digest
    raise TypeError(f"{type(value).__name__} has no canonical form to be signed")
