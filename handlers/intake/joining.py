"""Several short messages of one person about one thing are one matter."""

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.evidence import gather
from handlers.intake.likeness import same_matter
from handlers.intake.nearness import where
from handlers.intake.places import find_place
from handlers.intake.plain import plain
from handlers.intake.reading import ACTIONABLE, Reading, understand
from handlers.intake.roles import Role
from handlers.intake.words import shipped
from storage.records import Kind

_SHORT = 24
# So alike, what somebody says within two minutes is about the same thing.
_IN_COMMON = 0.1
_PICTURES = ("[图片]", "[视频]", "[照片]", "[语音]", "[位置]")
_MORE = (
    Role.FAULT,
    Role.SOFT,
    Role.MATTER,
    Role.MAYBE,
    Role.GRIEF,
    Role.ASK,
    Role.CLAIM,
    Role.HOME,
    Role.THING,
    Role.CERTAIN,
    Role.LIKELY,
    Role.PERSON,
)
_ELSE = (Role.TABLE, Role.WORLD, Role.SURE, Role.THANKS, Role.SOLVED, Role.TALK)
_NEW = frozenset({Kind.AD, Kind.THANKS, Kind.WISH})


def continues(previous: Reading, text: str, *, aliases: Aliases = NONE) -> bool:
    """Whether a message that the same person sent within two minutes goes on about `previous`.

    The two minutes are the caller's to watch.
    """
    if text.strip().startswith(_PICTURES):
        return True
    clean = plain(text)
    if not clean or previous.kind not in ACTIONABLE:
        return False
    now = understand(text, aliases=aliases)
    if now.kind in _NEW or now.resolves or where(previous.place, find_place(clean)) == 0:
        return False
    if now.kind in ACTIONABLE and now.reading.topics and previous.topics:
        return (
            bool(set(now.reading.topics) & set(previous.topics))
            or same_matter(previous, now.reading).score >= _IN_COMMON
        )
    found = gather(clean, aliases.lexicon or shipped())
    return len(clean) <= _SHORT and not found.has(*_ELSE) and (found.has(*_MORE) or found.placed > 0)
