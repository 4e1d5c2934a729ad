"""What grid workers press; the same steps as their words."""

from handlers.issues import grid_views, triage
from handlers.issues.choices import Reason, Tags, usual_parties
from handlers.issues.feedback import approve, not_done
from handlers.issues.giving import escalate, give, mediate
from handlers.issues.lookups import from_key, pressed_by_worker
from handlers.issues.telling import answer
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage.records import Category, Issue, Kind, Level

routes = Routes()
_YES = "yes"


@routes.press("issue.accept")
async def accept(work: Work, arguments: tuple[str, ...]) -> None:
    """[受理]."""
    await triage.accept(work, await pressed_by_worker(work, arguments))


@routes.press("issue.merge")
async def merge(work: Work, arguments: tuple[str, ...]) -> None:
    """[并入9号]."""
    issue = await pressed_by_worker(work, arguments, 2)
    other = await from_key(work, arguments[1])
    if other is None:
        raise Refusal("dispatch.stale_button")
    root = await triage.merge(work, issue, other)
    answer(work, issue, text("issues.merged_staff", issue=issue_label(issue), into=issue_label(root)))


@routes.press("issue.urgent")
async def urgent(work: Work, arguments: tuple[str, ...]) -> None:
    """[紧急] asks whether people are in danger."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, grid_views.urgent_card(issue))


@routes.press("issue.level")
async def level(work: Work, arguments: tuple[str, ...]) -> None:
    """[有人有危险], [没有，但要快]."""
    issue = await pressed_by_worker(work, arguments, 2)
    if arguments[1] not in tuple(Level):
        raise Refusal("dispatch.stale_button")
    await _tag(work, issue, Tags(level=Level(arguments[1])))


@routes.press("issue.category")
async def category(work: Work, arguments: tuple[str, ...]) -> None:
    """[改类别], then one of them."""
    issue = await pressed_by_worker(work, arguments, len(arguments) if len(arguments) == 2 else 1)  # noqa: PLR2004
    if len(arguments) == 1:
        answer(work, issue, grid_views.category_card(issue))
        return
    if arguments[1] not in tuple(Category):
        raise Refusal("dispatch.stale_button")
    await _tag(work, issue, Tags(Category(arguments[1])))


async def _tag(work: Work, issue: Issue, tags: Tags) -> None:
    changed = await triage.tag(work, issue, tags)
    answer(work, issue, triage.tagged_words(changed))


@routes.press("issue.idle")
async def idle(work: Work, arguments: tuple[str, ...]) -> None:
    """[不是诉求]."""
    await _tag(work, await pressed_by_worker(work, arguments), Tags(kind=Kind.CHATTER))


@routes.press("issue.more")
async def more(work: Work, arguments: tuple[str, ...]) -> None:
    """[更多…]."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, grid_views.more_card(issue))


@routes.press("issue.place")
async def place(work: Work, arguments: tuple[str, ...]) -> None:
    """[改地点]: how to say it."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, text("issues.how_to_place", number=issue.number))


@routes.press("issue.give")
async def which_party(work: Work, arguments: tuple[str, ...]) -> None:
    """[派单] asks to whom."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, grid_views.party_card(issue))


@routes.press("issue.giveto")
async def give_to(work: Work, arguments: tuple[str, ...]) -> None:
    """One of the usual parties."""
    issue = await pressed_by_worker(work, arguments, 2)
    parties = usual_parties(issue.category)
    at = arguments[1]
    if not (at.isascii() and at.isdigit() and len(at) == 1 and int(at) < len(parties)):
        raise Refusal("dispatch.stale_button")
    await give(work, issue, parties[int(at)])


@routes.press("issue.refuse")
async def refuse(work: Work, arguments: tuple[str, ...]) -> None:
    """[退回]: why? Then one of the reasons."""
    issue = await pressed_by_worker(work, arguments[:1])
    if len(arguments) == 1:
        answer(work, issue, grid_views.reason_card(issue))
        return
    if arguments[1] not in tuple(Reason) or len(arguments) > 2:  # noqa: PLR2004 - id and reason
        raise Refusal("dispatch.stale_button")
    await triage.refuse(work, issue, Reason(arguments[1]), "")


@routes.press("issue.up")
async def hand_up(work: Work, arguments: tuple[str, ...]) -> None:
    """[上报], asked twice."""
    issue = await pressed_by_worker(work, arguments[:1])
    if arguments[1:] != (_YES,):
        answer(work, issue, grid_views.sure_card(issue, "up"))
        return
    upper = await escalate(work, issue)
    answer(work, issue, text("issues.up", issue=issue_label(issue), unit=upper.name))


@routes.press("issue.mediate")
async def make_private(work: Work, arguments: tuple[str, ...]) -> None:
    """[转调解], asked twice."""
    issue = await pressed_by_worker(work, arguments[:1])
    if arguments[1:] != (_YES,):
        answer(work, issue, grid_views.sure_card(issue, "mediate"))
        return
    await mediate(work, issue)


@routes.press("issue.leave")
async def leave(work: Work, arguments: tuple[str, ...]) -> None:
    """[先不]: nothing changes."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, text("issues.left"))


@routes.press("issue.finish")
async def how_to_finish(work: Work, arguments: tuple[str, ...]) -> None:
    """[办结]: how to say it, for it needs words."""
    issue = await pressed_by_worker(work, arguments)
    answer(work, issue, text("issues.how_to_finish", number=issue.number))


@routes.press("issue.checked")
async def checked(work: Work, arguments: tuple[str, ...]) -> None:
    """[核查通过]."""
    issue = await pressed_by_worker(work, arguments)
    await approve(work, issue)
    answer(work, issue, text("issues.checked", issue=issue_label(issue)))


@routes.press("issue.notgood")
async def not_good(work: Work, arguments: tuple[str, ...]) -> None:
    """[打回]."""
    issue = await pressed_by_worker(work, arguments)
    await not_done(work, issue, "")
    answer(work, issue, text("issues.sent_back_staff", issue=issue_label(issue)))
