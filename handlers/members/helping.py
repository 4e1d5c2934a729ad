"""帮助: what one can say here, the few things everybody needs first, the rest by subject."""

from enum import StrEnum

from handlers.permissions import DESK, TRIAGE
from handlers.routes import Routes
from handlers.texts import meaning, term, terms, text
from handlers.work import Work
from storage.messages import Said
from storage.records import Role

routes = Routes()
_AT_WORK = frozenset(
    {*TRIAGE, *DESK, Role.CONVENER, Role.STAIRWELL_HEAD, Role.OWNERS_COMMITTEE, Role.OPERATOR}
)


class Subject(StrEnum):
    """What somebody can ask help on."""

    REPORTING = "reporting"
    GRID = "grid"
    TOPICS = "topics"
    POLLS = "polls"
    VOTING = "voting"
    ROLLS = "rolls"
    MEETINGS = "meetings"
    ROOM = "room"
    NOTICES = "notices"
    TASKS = "tasks"
    PAPERS = "papers"


@routes.command("帮助", "help", "怎么用", "使用说明")
async def tell(work: Work, said: Said, rest: str) -> None:
    """`帮助`, `帮助 表决`."""
    del said
    subject = meaning("subject", rest.strip())
    if subject is not None:
        work.answer(text(f"help.on_{Subject(subject)}"))
        return
    working = any(holding.role in _AT_WORK for holding in await work.holdings()) if work.member else False
    if not working and work.account not in work.settings.operators:
        work.answer(text("help.for_everybody"))
        return
    subjects = "、".join(term("subject", one) for one in terms("subject"))
    work.answer(text("help.for_staff", everybody=text("help.for_everybody"), subjects=subjects))
