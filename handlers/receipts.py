"""投票码: what a voter finds their ballot by in the published list, and nobody else can tell whose it is.

In a secret poll a receipt is chance itself and is told from memory once. In an open poll it follows from the member
and a key of the poll, by a Feistel network over pairs of three-letter halves: a permutation, so that two members
never share one, and without the key nobody goes back from a receipt to a member.
"""

from functools import lru_cache
from hashlib import blake2b

from handlers.codes import ALPHABET

KEY_BYTES = 16
"""The random bytes that an open poll is given when it opens."""

_HALF = 3
_SIZE = len(ALPHABET) ** _HALF
_ROUNDS = 8


def receipt_of(key: bytes, member_id: int) -> str:
    """The receipt of a member in an open poll, as it is kept: 7K3QF2.

    Raises ValueError for a key that is too short to keep a secret, or an id beyond the 594 million receipts there are.
    """
    if len(key) < KEY_BYTES or not 0 <= member_id < _SIZE**2:
        raise ValueError("a receipt takes a key of the poll and the id of a member")
    left, right = divmod(member_id, _SIZE)
    for turn in _turns(key):
        mixed = turn.copy()
        mixed.update(right.to_bytes(2, "big"))
        left, right = right, (left + int.from_bytes(mixed.digest(), "big")) % _SIZE
    return _letters(left) + _letters(right)


def written(receipt: str) -> str:
    """A receipt as people read it: 7K3-QF2."""
    middle = len(receipt) // 2
    return f"{receipt[:middle]}-{receipt[middle:]}"


@lru_cache(maxsize=64)
def _turns(key: bytes) -> tuple[blake2b, ...]:
    """The hash of each turn, the key already in it: to be copied, since taking the key in is most of the work."""
    return tuple(blake2b(turn.to_bytes(1, "big"), key=key, digest_size=8) for turn in range(_ROUNDS))


def _letters(number: int) -> str:
    rest, first = divmod(number, len(ALPHABET))
    last, middle = divmod(rest, len(ALPHABET))
    return ALPHABET[first] + ALPHABET[middle] + ALPHABET[last]
