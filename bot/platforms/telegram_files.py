"""What hangs on a message: pictures, recordings, papers and places."""

from decimal import Decimal

from telegram import InputFile

from bot.platforms.telegram_settings import PLATFORM
from bot.platforms.wire import Malformed, Table, needed, part, parts, words
from storage.messages import File, FileKind, Location, Made

_REF = f"{PLATFORM}:"
_CIRCLE = 180
# What Telegram also shows as a document (an animation comes twice) must not be taken twice: first match wins.
_KINDS = (
    ("video", FileKind.VIDEO),
    ("video_note", FileKind.VIDEO),
    ("voice", FileKind.VOICE),
    ("audio", FileKind.DOCUMENT),
    ("document", FileKind.DOCUMENT),
)


def reference(file_id: str) -> str:
    """Return the `ref` of a Telegram file; the prefix tells it from those of other platforms."""
    return _REF + file_id


def sent_before(file: File) -> bool:
    """Whether Telegram can be shown this file: one of its own, or one that the house makes."""
    return file.is_made or bool(own_file_id(file))


def alone(file: File | Made) -> str | InputFile:
    """Return what PTB sends in a message of its own: the id of a file Telegram has, or the contents of one made."""
    return InputFile(file.content, file.name) if isinstance(file, Made) else own_file_id(file)


def among_others(file: File | Made) -> str | InputFile:
    """Return the same for a place in an album, to which made contents are attached."""
    if isinstance(file, Made):
        return InputFile(file.content, file.name, attach=True)
    return own_file_id(file)


def own_file_id(file: File) -> str:
    """Return the file_id behind a `ref` of this platform, "" when the file lies elsewhere."""
    return file.ref.removeprefix(_REF) if file.ref.startswith(_REF) else ""


def attachments(message: Table) -> tuple[File, ...]:
    """Return what is attached; of a photo's sizes the largest."""
    if "photo" in message:
        sizes = parts(message, "photo")
        return (_file(FileKind.PHOTO, sizes[-1]),) if sizes else ()
    for name, kind in _KINDS:
        if name in message:
            return (_file(kind, needed(message, name)),)
    return ()


def _file(kind: FileKind, found: Table) -> File:
    file_id = words(found, "file_id")
    if not file_id:
        raise Malformed(f"{kind}: without a file_id")
    return File(kind, reference(file_id), words(found, "file_name"))


def place(message: Table) -> Location | None:
    """Return the point that was sent, alone or with a venue."""
    point = part(message, "location")
    return None if point is None else Location(_degrees(point, "latitude"), _degrees(point, "longitude"))


def place_name(message: Table) -> str:
    """Return what the venue is called and where it is, "" without one."""
    venue = part(message, "venue")
    return "" if venue is None else f"{words(venue, 'title')} {words(venue, 'address')}".strip()


def _degrees(point: Table, name: str) -> str:
    value = point.get(name)
    # A bare NaN in the JSON fails the comparison, as it should.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_CIRCLE <= value <= _CIRCLE:
        raise Malformed(f"{name}: not in degrees")
    return f"{Decimal(str(value)):f}"
