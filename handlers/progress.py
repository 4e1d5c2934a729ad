"""进度: how far a topic or an issue has come, for anybody who asks."""

import re

from handlers.issues.lookups import numbered
from handlers.issues.progress import progress as issue_progress
from handlers.labels import read_mention
from handlers.routes import Routes, Where
from handlers.topics.lists import progress
from handlers.topics.lookup import by_number
from handlers.words import narrow
from handlers.work import Work
from storage import topics
from storage.messages import Said

routes = Routes()
_TOPIC = re.compile(r"[〔\[(（\d〕\])）\s]*议")


@routes.command("进度", "status", where=Where.ANYWHERE)
async def tell_progress(work: Work, said: Said, rest: str) -> None:
    """`进度 议7` is a topic's whole path; `进度 12` where an issue stands, and its topics' paths."""
    del said
    mention = read_mention(rest, "topics.progress_usage")
    if _TOPIC.match(narrow(rest)):
        work.answer(await progress(work, await by_number(work, mention.number)))
        return
    issue = await numbered(work, mention)
    lines = [await issue_progress(work, issue)]
    lines += [await progress(work, topic) for topic in await topics.of_issue(work.tx, issue.id)]
    work.answer("\n".join(lines))
