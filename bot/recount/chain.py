"""The chain of hashes over a poll's header and its ballots, link by link.

The head is the SHA-256 of the header's canonical text; each link is the SHA-256 of the 32 bytes of the link before,
followed by the canonical text of a ballot. Canonical: JSON in UTF-8 with sorted names, no blanks, no escapes that
are not needed. The seal is the first 16 hexadecimal digits of the last link, in fours.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

_SEAL = 16
_GROUP = 4


def head(header: object) -> bytes:
    """Where the chain begins."""
    return hashlib.sha256(canonical(header)).digest()


def links(first: bytes, ballots: Iterable[object]) -> Iterator[bytes]:
    """A link for each ballot, in their order."""
    before = first
    for ballot in ballots:
        before = hashlib.sha256(before + canonical(ballot)).digest()
        yield before


def seal(last: bytes) -> str:
    """What is printed beside the verdict: 1a2b-3c4d-5e6f-7081."""
    shown = last.hex()[:_SEAL]
    return "-".join(shown[start : start + _GROUP] for start in range(0, _SEAL, _GROUP))


def canonical(value: object) -> bytes:
    """The one way to write a value down."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
