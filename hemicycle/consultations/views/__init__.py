"""The pages of this room."""

from __future__ import annotations

from .answering import answer, answers, enter_code, propose
from .house import codes, desk_page
from .public import draft, matrix_file, public_list, public_page, result, result_file

__all__ = [
    "answer",
    "answers",
    "codes",
    "desk_page",
    "draft",
    "enter_code",
    "matrix_file",
    "propose",
    "public_list",
    "public_page",
    "result",
    "result_file",
]
