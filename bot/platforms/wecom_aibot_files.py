"""Giving WeCom a file the house has made: in chunks over the long connection, for three days."""

import base64
import hashlib
from collections.abc import Awaitable
from typing import Protocol

from bot.platforms.base import Doubtful, Rejected, Unavailable
from bot.platforms.splitting import shortened
from bot.platforms.wire import Table, part, words
from storage.messages import FileKind, Made

_CHUNK, _CHUNKS = 512 * 1024, 100
_NAME_BYTES = 256
_PICTURES = (".png", ".jpg", ".jpeg")


class Asking(Protocol):
    """What sends a frame and returns its acknowledgement."""

    def __call__(self, command: str, body: Table | None) -> Awaitable[Table]:
        """Raises SendError."""
        ...


def media_type(file: Made) -> str:
    """Return what WeCom calls this sort of file."""
    if file.kind is FileKind.PHOTO and file.name.lower().endswith(_PICTURES):
        return "image"
    return "file"


async def upload(ask: Asking, file: Made) -> str:
    """Hand the file over and return its media_id. Raises SendError; doubt is only unavailability, it may be repeated."""
    try:
        return await _upload(ask, file)
    except Doubtful as fault:
        raise Unavailable(str(fault)) from None


async def _upload(ask: Asking, file: Made) -> str:
    chunks = [file.content[at : at + _CHUNK] for at in range(0, len(file.content), _CHUNK)]
    if not 1 <= len(chunks) <= _CHUNKS:
        raise Rejected(f"a file of {len(file.content)} bytes")
    begun: Table = {
        "type": media_type(file),
        "filename": shortened(file.name, _NAME_BYTES),
        "total_size": len(file.content),
        "total_chunks": len(chunks),
        "md5": hashlib.md5(file.content, usedforsecurity=False).hexdigest(),
    }
    upload_id = _given(await ask("aibot_upload_media_init", begun), "upload_id")
    for index, chunk in enumerate(chunks):
        data = base64.b64encode(chunk).decode()
        body: Table = {"upload_id": upload_id, "chunk_index": index, "base64_data": data}
        await ask("aibot_upload_media_chunk", body)
    return _given(await ask("aibot_upload_media_finish", {"upload_id": upload_id}), "media_id")


def _given(acknowledged: Table, name: str) -> str:
    found = words(part(acknowledged, "body") or {}, name)
    if not found:
        raise Unavailable(f"an acknowledgement without {name}")
    return found
