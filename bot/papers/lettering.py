"""A font with Chinese letters, found on the machine, and how wide its letters are."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.fonts").expanduser(),
    Path("~/.local/share/fonts").expanduser(),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
_NAMES = (
    "notosanscjk",
    "notoserifcjk",
    "sourcehansans",
    "simsun",
    "simhei",
    "msyh",
    "simfang",
    "wqy-",
    "pingfang",
    "stheiti",
    "arphic",
    "uming",
    "ukai",
)
"""Beginnings of file names of fonts that hold simplified Chinese, the more legible first."""
_FACES = 12
_PLAIN = ImageFont.Layout.BASIC
"""Sign by sign: the other engine gives up on some of what people write."""
_MAINLAND = ("SC", "CN")


@cache
def find_font(folders: Iterable[Path] = FOLDERS) -> Path | None:
    """The file of a font with Chinese letters, None where the machine has none."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.suffix.lower() in {".ttc", ".ttf", ".otf"}:
                rank = next((name for name in _NAMES if file.name.lower().startswith(name)), None)
                if rank and ("regular" in file.name.lower() or rank not in found):
                    found[rank] = file
    return next((found[name] for name in _NAMES if name in found), None)


@cache
def load(file: Path, size: int) -> FreeTypeFont:
    """The font in pixels; of a collection the face for the mainland's forms of the signs."""
    for face in range(_FACES if file.suffix.lower() == ".ttc" else 1):
        try:
            font = ImageFont.truetype(file, size, index=face, layout_engine=_PLAIN)
        except OSError:
            break
        if any(mark in (font.getname()[0] or "").split() for mark in _MAINLAND):
            return font
    return ImageFont.truetype(file, size, layout_engine=_PLAIN)


def wrap(words: str, font: FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width` pixels, broken between any two signs as Chinese is; at least one line."""
    lines = [""]
    used = 0.0
    for letter in words:
        wide = _wide(font, letter)
        if used + wide > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += letter
        used += wide
    return lines


@cache
def _wide(font: FreeTypeFont, letter: str) -> float:
    return font.getlength(letter)
