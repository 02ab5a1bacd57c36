"""Files that are sent with a form: in memory only, so that nothing of them touches a disk before a room has sealed it."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Holds all files of one form up to `FILE_UPLOAD_MAX_MEMORY_SIZE`. What is over it is let go of: the form gets an empty
    file with its true size, says that it is too big, and keeps the other fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen, self.held = 0, io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen += len(raw_data)
        if self.seen > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.held = io.BytesIO()
        else:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "file", self.content_type or "", file_size,
            self.charset, self.content_type_extra,
        )  # fmt: skip
