"""What is the same in every callback of WeChat and WeCom: when it was, and what somebody said; pure."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.platforms.gcj02 import located
from bot.platforms.wechat_xml import Fields, said
from bot.platforms.wire import Malformed
from storage.messages import File, FileKind, Location, Said

_FILES = {
    "image": FileKind.PHOTO,
    "voice": FileKind.VOICE,
    "video": FileKind.VIDEO,
    "shortvideo": FileKind.VIDEO,
    "file": FileKind.DOCUMENT,
}
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,10})?", re.ASCII)
_LATEST = 32_503_680_000


def moment(fields: Fields) -> datetime:
    """Return when it was. Malformed when that is not said."""
    written = said(fields, "CreateTime")
    if not re.fullmatch(r"\d{1,11}", written, re.ASCII) or not 0 < int(written) < _LATEST:
        raise Malformed("CreateTime: not a date in seconds")
    return datetime.fromtimestamp(int(written), UTC)


def message(fields: Fields, name: str, platform: str) -> Sequence[Said]:
    """Return what was said, nothing for kinds we do not use; a recording comes with its transcript where there is one.

    WeChat writes a place in degrees of GCJ-02. Raises Malformed.
    """
    kind, media = said(fields, "MsgType"), said(fields, "MediaId")
    if kind == "text":
        return [Said(name, said(fields, "Content"), addressed=True)]
    if kind == "location":
        return [Said(name, said(fields, "Label"), addressed=True, location=_place(fields))]
    if kind == "link":
        words = f"{said(fields, 'Title')} {said(fields, 'Url')}".strip()
        return [Said(name, words, addressed=True)]
    if kind not in _FILES or not media:
        return []
    file = File(_FILES[kind], f"{platform}:{media}", said(fields, "FileName"))
    return [Said(name, said(fields, "Recognition"), addressed=True, files=(file,))]


def _place(fields: Fields) -> Location:
    north, east = said(fields, "Location_X"), said(fields, "Location_Y")
    if not (_DEGREES.fullmatch(north) and _DEGREES.fullmatch(east)):
        raise Malformed("location: not in degrees")
    return located(north, east)
