"""What residents say and press: 报事, 我的诉求, 撤回, 补充, 附议, and their answers to our questions."""

from collections.abc import Callable

from handlers.audience import private_address
from handlers.issues import reports, rules
from handlers.issues.feedback import approve, not_done
from handlers.issues.filing import Told, told_by_actor, told_by_other
from handlers.issues.lookups import from_key, meant, meant_first, on_card, pressed, require_neighbour
from handlers.issues.neighbour_views import bare_line, raised_card, state_line
from handlers.issues.telling import answer, redraw
from handlers.issues.triage import merge_own
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import issues
from storage.issues import OVER
from storage.messages import Said
from storage.records import Issue, IssueState

routes = Routes()
_LISTED = 10


@routes.command("报事", "report", where=Where.ANYWHERE)
async def report(work: Work, said: Said, rest: str) -> None:
    """`报事 3号楼2单元电梯不动`, or 报事 in reply to the message that said so."""
    if said.reply_to and (issue := await on_card(work, said.reply_to)):
        await require_neighbour(work, issue)
        await _add(work, said, issue, rest)
        return
    if said.quoted and not rest:
        told = await told_by_other(work, said)
    else:
        told = await told_by_actor(work, said, rest)
    await reports.report(work, told, said)


@routes.command("我的诉求", "mine", where=Where.ANYWHERE)
async def mine(work: Work, said: Said, rest: str) -> None:
    """What one raised and supports, with where it stands. In a group its words are told alone, or not at all."""
    del said, rest
    own, backed = await _mine(work)
    if not own and not backed:
        raise Refusal("issues.none_of_yours")
    full = "\n".join(_lists(own, backed, state_line))
    if work.event.private:
        work.answer(full)
        return
    address = await private_address(work, (await work.someone()).id)
    if address:
        work.say(address, full)
        work.answer(text("issues.told_alone"))
    else:
        work.answer("\n".join(_lists(own, backed, bare_line)))


async def _mine(work: Work) -> tuple[list[Issue], list[Issue]]:
    if work.member is None:
        return [], []
    own = await issues.of_reporter(work.tx, work.member.id, _LISTED)
    backed = await issues.supported_by(work.tx, work.member.id, _LISTED)
    return [one for one in own if one.state is not IssueState.CANDIDATE], backed


def _lists(own: list[Issue], backed: list[Issue], line: Callable[[Issue], str]) -> list[str]:
    lines = [text("issues.list_own"), *map(line, own)] if own else []
    return lines + ([text("issues.list_backed"), *map(line, backed)] if backed else [])


@routes.command("撤回", "withdraw", where=Where.ANYWHERE)
async def withdraw(work: Work, said: Said, rest: str) -> None:
    """`撤回 12`, by who raised it."""
    found = await meant(work, said, rest, "issues.withdraw_usage")
    _require_reporter(work, found.issue)
    answer(work, found.issue, await reports.withdraw(work, found.issue))


@routes.command("补充", "add", where=Where.ANYWHERE)
async def add(work: Work, said: Said, rest: str) -> None:
    """`补充 12 停在8楼`, with or without photos."""
    found = await meant_first(work, said, rest, "issues.add_usage")
    await require_neighbour(work, found.issue)
    await _add(work, said, found.issue, found.rest)


async def _add(work: Work, said: Said, named: Issue, words: str) -> None:
    issue = await issues.root_of(work.tx, named)
    teller = await work.someone()
    if rules.is_personal(issue) and teller.id != issue.reporter_id:
        raise Refusal("issues.private_matter", issue=issue_label(issue))
    if issue.state not in rules.OPEN:
        raise Refusal("issues.over_already", issue=issue_label(issue))
    if not (words or said.files or said.location):
        raise Refusal("issues.add_usage")
    await reports.add_to(work, issue, Told(words, teller, said.message_id, work.group), said)
    answer(work, issue, text("issues.added", issue=issue_label(issue)))


def _require_reporter(work: Work, issue: Issue) -> None:
    if work.member is None or work.member.id != issue.reporter_id:
        raise Refusal("issues.only_reporter", issue=issue_label(issue))


@routes.press("issue.support")
async def support(work: Work, arguments: tuple[str, ...]) -> None:
    """附议: counted once for each person; one tap again withdraws it. What was merged counts for its root."""
    first = await pressed(work, arguments)
    issue = await issues.root_of(work.tx, first)
    await require_neighbour(work, issue)
    if issue.state in OVER or issue.state is IssueState.CANDIDATE or not rules.may_be_public(issue):
        raise Refusal("issues.over_already", issue=issue_label(issue))
    person = await work.someone()
    if person.id == issue.reporter_id:
        raise Refusal("issues.your_own", issue=issue_label(issue))
    if await issues.support(work.tx, issue.id, person.id, work.now):
        said = "issues.supported"
    else:
        await issues.withdraw_support(work.tx, issue.id, person.id)
        said = "issues.support_withdrawn"
    redraw(work, issue.id)
    answer(
        work, issue, text(said, issue=issue_label(issue), count=await issues.support_count(work.tx, issue.id))
    )


@routes.press("issue.add")
async def how_to_add(work: Work, arguments: tuple[str, ...]) -> None:
    """[补充]: how that is done."""
    issue = await pressed(work, arguments)
    await require_neighbour(work, issue)
    answer(work, issue, text("issues.how_to_add", number=issue.number))


@routes.press("issue.notthis")
async def not_this(work: Work, arguments: tuple[str, ...]) -> None:
    """[不是这件事]: how to put it right or take it back."""
    issue = await pressed(work, arguments)
    await require_neighbour(work, issue)
    _require_reporter(work, issue)
    answer(work, issue, text("issues.how_to_correct", number=issue.number))


@routes.press("issue.same")
async def same(work: Work, arguments: tuple[str, ...]) -> None:
    """[是，附议]: the new number becomes part of the older one, which its reporter now stands behind."""
    issue, older = await _offered(work, arguments)
    root = await merge_own(work, issue, older)
    answer(work, root, text("issues.joined", into=issue_label(root)))


async def _offered(work: Work, arguments: tuple[str, ...]) -> tuple[Issue, Issue]:
    issue = await pressed(work, arguments, 2)
    await require_neighbour(work, issue)
    _require_reporter(work, issue)
    older = await from_key(work, arguments[1])
    if older is None or older.community_id != issue.community_id or older.state is IssueState.CANDIDATE:
        raise Refusal("dispatch.stale_button")
    if issue.state is not IssueState.REPORTED:
        raise Refusal("issues.in_hand_already", issue=issue_label(issue))
    return issue, older


@routes.press("issue.apart")
async def apart(work: Work, arguments: tuple[str, ...]) -> None:
    """[不是，另记]: it keeps its own number and gets its own card."""
    issue = await pressed(work, arguments)
    await require_neighbour(work, issue)
    _require_reporter(work, issue)
    work.answer(await raised_card(work, issue), subject=f"raised:{issue.id}")
    work.refresh(f"offer:{issue.id}")


@routes.press("issue.keep")
async def keep(work: Work, arguments: tuple[str, ...]) -> None:
    """[支持继续有效]: this supporter of a merged issue stands behind its root."""
    issue, root = await _merged(work, arguments)
    person = await work.someone()
    await issues.withdraw_support(work.tx, issue.id, person.id)
    if person.id != root.reporter_id:
        await issues.support(work.tx, root.id, person.id, work.now)
    redraw(work, root.id)
    answer(work, root, text("issues.kept", into=issue_label(root)))


@routes.press("issue.drop")
async def drop(work: Work, arguments: tuple[str, ...]) -> None:
    """[撤回]: this supporter of a merged issue stands behind neither."""
    issue, root = await _merged(work, arguments)
    person = await work.someone()
    await issues.withdraw_support(work.tx, issue.id, person.id)
    answer(work, root, text("issues.dropped", into=issue_label(root)))


async def _merged(work: Work, arguments: tuple[str, ...]) -> tuple[Issue, Issue]:
    issue = await pressed(work, arguments)
    member = work.member
    theirs = member is not None and await issues.supports_it(work.tx, issue.id, member.id)
    if issue.state is not IssueState.MERGED or not theirs:
        raise Refusal("issues.no_support_to_move")
    return issue, await issues.root_of(work.tx, issue)


@routes.press("issue.done")
async def done(work: Work, arguments: tuple[str, ...]) -> None:
    """[好了]: who raised it finds it done."""
    issue = await pressed(work, arguments)
    _require_reporter(work, issue)
    await approve(work, issue)
    answer(work, issue, text("issues.thanks_done", issue=issue_label(issue)))


@routes.press("issue.undone")
async def undone(work: Work, arguments: tuple[str, ...]) -> None:
    """[还没好]: who raised it finds it not done."""
    issue = await pressed(work, arguments)
    _require_reporter(work, issue)
    await not_done(work, issue, text("issues.reporter_says_not"))
    answer(work, issue, text("issues.sent_back", issue=issue_label(issue), number=issue.number))
