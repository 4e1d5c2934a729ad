"""Plain words for a channel that only speaks Markdown; pure.

WeCom documents no escaping, so signs that would act are replaced by their full-width twins: what a resident wrote can
then never be taken for markup, and a masked phone number keeps its stars. Addresses of the web are left alone.
"""

import re
from types import MappingProxyType

_ADDRESS = re.compile(r"https?://[!-;=?-Z^_a-z~]+")
_SIGNS = MappingProxyType(
    str.maketrans({"*": "＊", "_": "＿", "`": "｀", "~": "～", "<": "＜", "|": "｜", "\\": "＼"})
)
_LINK = re.compile(r"\](?=[(:\[])")
_HEADING = re.compile(r"^(\s{0,3})(#{1,6})(?=\s|$)", re.MULTILINE)
_QUOTE = re.compile(r"^(\s{0,3})>", re.MULTILINE)
_LIST = re.compile(r"^(\s{0,3}\d{1,9})[.)](?=\s)", re.MULTILINE)
_RULE = re.compile(r"^\s{0,3}(?:-\s*){2,}$|^\s{0,3}=+\s*$", re.MULTILINE)
_DEEP = re.compile(r"^(?: {4,}|\t+)", re.MULTILINE)


def plain(said: str) -> str:
    """Return Markdown that shows these words and nothing else."""
    found, end = [], 0
    for address in _ADDRESS.finditer(said):
        found += [_still(said[end : address.start()]), address.group()]
        end = address.end()
    return _lines("".join([*found, _still(said[end:])]))


def _still(said: str) -> str:
    return _LINK.sub("］", said.translate(_SIGNS))


def _lines(said: str) -> str:
    """Signs that act at the beginning of a line only; a list would be numbered anew and spoil its numbers."""
    said = _DEEP.sub("　　", said)
    said = _HEADING.sub(lambda found: found[1] + "＃" * len(found[2]), said)
    said = _QUOTE.sub(r"\1＞", said)
    said = _LIST.sub(r"\1．", said)
    return _RULE.sub(lambda found: "—" * found.group().count("-") or "＝", said)
