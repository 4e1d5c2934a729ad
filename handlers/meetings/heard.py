"""Whether words that begin like a command were meant as one."""

from handlers.work import Work
from storage.messages import Said

_MARKS = "/#＃"


def meant(work: Work, said: Said, rest: str) -> bool:
    """In a group these words also begin plain talk: there they count with a number, a reply or our name only."""
    if work.event.private or said.addressed or said.reply_to or said.text.lstrip()[:1] in _MARKS:
        return True
    return any(character.isdigit() for character in rest) or "议题" in rest
