"""How strongly a text asks to be dealt with, in points."""

from handlers.intake.evidence import Evidence
from handlers.intake.roles import Role

# About this many points make a matter.
ENOUGH = 11

# Points for the first and for each further word of a role, and how many words count.
_POINTS: dict[Role, tuple[int, int, int]] = {
    Role.MATTER: (15, 4, 3),
    Role.THING: (8, 3, 3),
    Role.MAYBE: (6, 3, 2),
    Role.HOME: (3, 1, 2),
    Role.SITE: (3, 2, 2),
    Role.FAULT: (8, 3, 3),
    Role.SOFT: (3, 2, 2),
    Role.ASK: (4, 2, 2),
    Role.CLAIM: (10, 3, 2),
    Role.BODY: (4, 2, 2),
    Role.GRIEF: (4, 2, 2),
    Role.IRONY: (12, 2, 2),
    Role.STUCK: (5, 0, 1),
    Role.NOBODY: (6, 0, 1),
    Role.SPELL: (4, 0, 1),
    Role.HOURS: (4, 0, 1),
    Role.ALLOVER: (5, 0, 1),
    Role.AGAIN: (3, 0, 1),
    Role.UNDONE: (4, 0, 1),
    Role.LIKEN: (2, 0, 1),
    Role.METAPHOR: (-7, 0, 1),
    Role.RIVAL: (1, 0, 1),
    Role.TALK: (-7, -4, 3),
    Role.TABLE: (-7, -5, 4),
    Role.WORLD: (-5, -3, 3),
    Role.UNREAL: (-8, -2, 2),
    Role.RUMOUR: (-8, 0, 1),
    Role.DENIED: (-8, -2, 2),
    Role.SOLVED: (-8, -2, 2),
    Role.THANKS: (-6, -2, 2),
}
_PLACED = (0, 4, 7)
_FORMAL = 5
_DENIED_TROUBLE = 6
_TURNS = frozenset(
    {Role.STUCK, Role.NOBODY, Role.SPELL, Role.HOURS, Role.ALLOVER, Role.AGAIN, Role.UNDONE, Role.LIKEN}
)
_WORDS = frozenset(
    {
        Role.FAULT,
        Role.SOFT,
        Role.MATTER,
        Role.MAYBE,
        Role.GRIEF,
        Role.CLAIM,
        Role.IRONY,
        Role.CERTAIN,
        Role.LIKELY,
        Role.ASK,
    }
)
_TROUBLE = _TURNS | _WORDS
_TOUCHING = (_WORDS - {Role.SOFT, Role.ASK, Role.GRIEF}) | {
    Role.THING, Role.HOME, Role.SITE, Role.BODY, Role.WISH, Role.SUGGEST, Role.BUILD, Role.QUARREL, Role.SOLVED, Role.DENIED
}  # fmt: skip


def points(found: Evidence) -> int:
    """The sum of what speaks for a matter and against it."""
    total = _PLACED[found.placed] + _FORMAL * found.formal
    for role, number in found.counts.items():
        if role in _POINTS:
            first, further, most = _POINTS[role]
            total += first + further * (min(number, most) - 1)
    return total - _DENIED_TROUBLE * found.void


def troubled(found: Evidence) -> bool:
    """Whether something is said to be wrong."""
    return found.has(*_TROUBLE)


def concerned(found: Evidence) -> bool:
    """Whether anything at all touches the neighbourhood; where nothing does, no weight can make it a matter."""
    return found.placed > 0 or found.formal or found.has(*_TOUCHING)
