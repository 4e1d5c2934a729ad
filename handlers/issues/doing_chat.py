"""What those who carry things out say and press: 接单, 反馈, 退单, 延期."""

from handlers.issues.feedback import feed_back
from handlers.issues.giving import extend, hand_back, take
from handlers.issues.lookups import meant, meant_first, pressed, require_doer
from handlers.issues.telling import answer
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage.messages import Said

routes = Routes()


@routes.command("接单", "take")
async def say_take(work: Work, said: Said, rest: str) -> None:
    """`接单 12`."""
    await take(work, (await meant(work, said, rest, "issues.take_usage")).issue)


@routes.command("反馈", "feedback")
async def say_done(work: Work, said: Said, rest: str) -> None:
    """`反馈 12 已换门机`, with or without photos."""
    found = await meant_first(work, said, rest, "issues.feedback_usage_plain")
    await feed_back(work, found.issue, found.rest, said)


@routes.command("退单", "return")
async def say_return(work: Work, said: Said, rest: str) -> None:
    """`退单 12 不归我们管`."""
    found = await meant_first(work, said, rest, "issues.return_usage_plain")
    await hand_back(work, found.issue, found.rest)


@routes.command("延期", "defer")
async def say_extend(work: Work, said: Said, rest: str) -> None:
    """`延期 12 3天 等配件`."""
    found = await meant_first(work, said, rest, "issues.extend_usage_plain")
    await extend(work, found.issue, found.rest)


@routes.press("issue.take")
async def press_take(work: Work, arguments: tuple[str, ...]) -> None:
    """[接单]."""
    await take(work, await pressed(work, arguments))


@routes.press("issue.feedback")
async def how_to_feed_back(work: Work, arguments: tuple[str, ...]) -> None:
    """[反馈]: how to say it."""
    issue = await pressed(work, arguments)
    await require_doer(work, issue)
    answer(work, issue, text("issues.how_to_feed_back", number=issue.number))


@routes.press("issue.return")
async def how_to_return(work: Work, arguments: tuple[str, ...]) -> None:
    """[退单]: how to say it, for it needs a reason."""
    issue = await pressed(work, arguments)
    await require_doer(work, issue)
    answer(work, issue, text("issues.how_to_return", number=issue.number))
