"""投票码: what a voter finds their ballot by in the published list, and nobody else can tell whose it is.

In a secret poll a receipt is chance itself and is told from memory once. In an open poll it follows from the member
and a key of the poll, by a Feistel network over pairs of three-letter halves: a permutation, so that two members
never share one, and without the key nobody goes back from a receipt to a member.
"""

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
    for turn in range(_ROUNDS):
        left, right = right, (left + _mixed(key, turn, right)) % _SIZE
    return _letters(left) + _letters(right)


def written(receipt: str) -> str:
    """A receipt as people read it: 7K3-QF2."""
    middle = len(receipt) // 2
    return f"{receipt[:middle]}-{receipt[middle:]}"


def _mixed(key: bytes, turn: int, half: int) -> int:
    said = turn.to_bytes(1, "big") + half.to_bytes(2, "big")
    return int.from_bytes(blake2b(said, key=key, digest_size=8).digest(), "big")


def _letters(number: int) -> str:
    letters = ""
    for _ in range(_HALF):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return letters
