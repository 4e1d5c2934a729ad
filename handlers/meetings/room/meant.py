"""Whether a word that also begins plain talk was said to us."""

import re

from handlers.work import Work
from storage.messages import Said

_MARKS = "/#＃"
_NUMBERED = re.compile(r"\s*(?:会议?\s*\d|议题?\s*\d|第\s*\d)")


def meant(work: Work, said: Said, rest: str) -> bool:
    """In a group such a word counts with 会3, 议7, a colon, a reply or our name only."""
    if work.event.private or said.addressed or said.reply_to or said.text.lstrip()[:1] in _MARKS:
        return True
    return bool(_NUMBERED.match(rest)) or "：" in rest or ":" in rest
