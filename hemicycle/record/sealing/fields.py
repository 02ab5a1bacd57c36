"""Columns that are sealed at rest. In Python they are plain texts; in the database, dumps and backups ciphertext.

A model with such columns says under whose key they lie and what names its row:

    key_owner    property: the reference of the person or of the file
    sealed_row   property: what names this row for good (a matter's reference; else a random column, see `SealedRow`)

An empty text stays empty, so that constraints can still ask whether there is one. No question can be asked of a sealed
column in the database beside that: `filter(name="…")` is refused.
"""

from __future__ import annotations

import json
import secrets
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import boxes


class Ciphertext(str):
    """What stands in the column, not opened yet."""

    __slots__ = ()


def _token() -> str:
    return secrets.token_hex(8)


class SealedRow(models.Model):
    """A row without a reference of its own: a random name that its sealed columns are bound to.

    `BOUND` names the columns that say what the row belongs to and never change: the sealed ones are bound to them too, so that
    a row whose name and ciphertexts are copied into another file opens nothing there.
    """

    BOUND: ClassVar[tuple[str, ...]]

    row = models.CharField(max_length=16, default=_token, editable=False)

    class Meta:
        abstract = True

    @property
    def sealed_row(self) -> str:
        return ".".join(str(getattr(self, name)) for name in ("row", *self.BOUND))


class _Opened(DeferredAttribute):
    """Opens a column when somebody reads it, once per instance."""

    field: Any

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname, self)
        if value is self:
            value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            value = self.field.opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value


class _Sealed(models.TextField[Any, Any]):
    descriptor_class = _Opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length:
            self.validators.append(MaxLengthValidator(self.max_length))

    # What is written and read.

    def place(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}/{instance.sealed_row}/{self.column}"  # type: ignore[attr-defined]

    def opened(self, instance: models.Model, value: Ciphertext) -> Any:
        return self.from_text(boxes.unseal(self.place(instance), value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Ciphertext):
            return value  # nobody looked at it, so nobody changed it
        if value is None and self.null:
            return None
        if value in self.empty_values:
            return Ciphertext("")
        return Ciphertext(
            boxes.seal(model_instance.key_owner, self.place(model_instance), self.to_text(value))  # type: ignore[attr-defined]
        )

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return Ciphertext(value) if value else self.from_text("")

    # What may go to the database.

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Ciphertext):
            return value
        if value in self.empty_values:
            return ""
        raise TypeError(f"{self.name} is sealed: the database cannot be asked for what it says")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared and value not in self.empty_values and not isinstance(value, Ciphertext):
            return boxes.MARK  # a constraint asks whether there is a text; the text itself stays here
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else str(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return self.get_db_prep_value(self.get_prep_value(value), connection, prepared=True)

    # Between what Python holds and the text that is sealed.

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return str(text)


class SealedText(_Sealed):
    """A text. `max_length` is checked on the plain text."""


class SealedLine(SealedText):
    """A short text, typed on one line."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **kwargs})


class SealedJSON(_Sealed):
    """A list or a mapping. `empty` makes the value of an empty column."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, empty: Any = dict, **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(*args, **{"default": empty, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "empty": self.empty}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return self.from_text(value)
            except ValueError:
                raise ValidationError("This is no JSON.") from None
        return value

    def to_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text) if text else self.empty()


def blank(instance: models.Model) -> None:
    """Empty every sealed column of an instance, without opening one: its key goes, or is gone."""
    for column in instance._meta.concrete_fields:
        if isinstance(column, _Sealed):
            setattr(instance, column.attname, column.from_text(""))
