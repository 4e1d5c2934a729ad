"""What grid workers say: 标记 12 房屋设施 紧急, 并入 12 9, 退回 12 理由 and the rest, each by itself."""

from handlers.issues import rules, triage
from handlers.issues.choices import Closing, Tags, read_closing, read_reason, read_tags
from handlers.issues.feedback import approve, finish, not_done
from handlers.issues.giving import escalate, give, mediate
from handlers.issues.grid_views import category_card, party_card, reason_card, urgent_card
from handlers.issues.lookups import WORKERS, for_worker, for_worker_first, numbered
from handlers.issues.telling import answer
from handlers.issues.wording import one_line
from handlers.labels import issue_label, read_mention
from handlers.permissions import require
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes
from handlers.texts import term, terms, text
from handlers.work import Work
from storage import issues
from storage.messages import Said

routes = Routes()
_NOT_DONE = ("没好", "还没好", "没有好", "不通过", "打回")
_LISTED = 20


@routes.command("受理", "accept")
async def accept(work: Work, said: Said, rest: str) -> None:
    """`受理 12`."""
    found = await for_worker(work, said, rest, "issues.accept_usage")
    await triage.accept(work, found.issue)


@routes.command("标记", "改类别", "tag")
async def tag(work: Work, said: Said, rest: str) -> None:
    """`标记 12 房屋设施 紧急`, `标记 12 建议`; without words, the categories to choose from."""
    found = await for_worker(work, said, rest, "issues.tag_usage")
    tags = read_tags(found.rest)
    if tags.unknown:
        words = {kind: "、".join(terms(kind).values()) for kind in ("category", "level", "kind")}
        raise Refusal("issues.no_such_tag", words="、".join(tags.unknown), **words)
    if tags == Tags():
        answer(work, found.issue, category_card(found.issue))
        return
    changed = await triage.tag(work, found.issue, tags)
    answer(work, found.issue, triage.tagged_words(changed))


@routes.command("紧急", "urgent")
async def urgent(work: Work, said: Said, rest: str) -> None:
    """`紧急 12` asks whether people are in danger."""
    found = await for_worker(work, said, rest, "issues.urgent_usage")
    answer(work, found.issue, urgent_card(found.issue))


@routes.command("地点", "改地点", "place")
async def place(work: Work, said: Said, rest: str) -> None:
    """`地点 12 3号楼2单元`."""
    found = await for_worker_first(work, said, rest, "issues.place_usage")
    if not found.rest:
        raise Refusal("issues.place_usage")
    await triage.place(work, found.issue, found.rest)
    changed = await issues.get(work.tx, found.issue.id)
    answer(work, found.issue, text("issues.placed", issue=issue_label(changed), place=changed.place))


@routes.command("拆分", "split")
async def split(work: Work, said: Said, rest: str) -> None:
    """`拆分 12 东门垃圾没人收`: the second matter gets its own number."""
    found = await for_worker_first(work, said, rest, "issues.split_usage")
    if not found.rest:
        raise Refusal("issues.split_usage")
    new = await triage.split(work, found.issue, found.rest)
    answer(work, found.issue, text("issues.split", issue=issue_label(found.issue), new=issue_label(new)))


@routes.command("并入", "merge")
async def merge(work: Work, said: Said, rest: str) -> None:
    """`并入 12 9`: 12 becomes part of 9."""
    found = await for_worker_first(work, said, rest, "issues.merge_usage_plain")
    other = await numbered(work, read_mention(found.rest, "issues.merge_usage_plain"))
    root = await triage.merge(work, found.issue, other)
    answer(
        work, found.issue, text("issues.merged_staff", issue=issue_label(found.issue), into=issue_label(root))
    )


@routes.command("退回", "不受理", "refuse")
async def refuse(work: Work, said: Said, rest: str) -> None:
    """`退回 12 理由`: a number of the list, a reason's word, or words of one's own."""
    found = await for_worker_first(work, said, rest, "issues.refuse_usage")
    chosen = read_reason(found.rest)
    if chosen is None:
        answer(work, found.issue, reason_card(found.issue))
        return
    await triage.refuse(work, found.issue, *chosen)


@routes.command("派单", "dispatch")
async def hand_out(work: Work, said: Said, rest: str) -> None:
    """`派单 12 物业`."""
    found = await for_worker_first(work, said, rest, "issues.give_usage_plain")
    if not found.rest:
        answer(work, found.issue, party_card(found.issue))
        return
    await give(work, found.issue, found.rest)


@routes.command("上报", "escalate")
async def hand_up(work: Work, said: Said, rest: str) -> None:
    """`上报 12`."""
    found = await for_worker(work, said, rest, "issues.up_usage")
    upper = await escalate(work, found.issue)
    answer(work, found.issue, text("issues.up", issue=issue_label(found.issue), unit=upper.name))


@routes.command("转调解", "mediate")
async def make_private(work: Work, said: Said, rest: str) -> None:
    """`转调解 12`."""
    found = await for_worker(work, said, rest, "issues.mediate_usage")
    await mediate(work, found.issue)


@routes.command("核查", "check")
async def check(work: Work, said: Said, rest: str) -> None:
    """`核查 12`, or `核查 12 没好 …`."""
    found = await for_worker(work, said, rest, "issues.check_usage")
    negative = next((word for word in _NOT_DONE if found.rest.startswith(word)), None)
    if negative is None:
        await approve(work, found.issue)
        answer(work, found.issue, text("issues.checked", issue=issue_label(found.issue)))
    else:
        await not_done(work, found.issue, found.rest)
        answer(work, found.issue, text("issues.sent_back_staff", issue=issue_label(found.issue)))


@routes.command("办结", "close")
async def close(work: Work, said: Said, rest: str) -> None:
    """`办结 12 已解决 换了门机`: a closing word, then words."""
    found = await for_worker_first(work, said, rest, "issues.close_usage")
    closing = read_closing(found.rest) or (Closing.RESOLVED, found.rest)
    await finish(work, found.issue, *closing, said)
    after = await issues.get(work.tx, found.issue.id)
    if after.state not in rules.OPEN:
        answer(work, found.issue, text("issues.closed_staff", issue=issue_label(after)))


@routes.command("待办", "todo")
async def to_do(work: Work, said: Said, rest: str) -> None:
    """What is still to be done where one works, oldest first."""
    del said, rest
    unit = await work.unit()
    require_closed_room(work)
    await require(work, unit, *WORKERS)
    waiting = await issues.open_under(work.tx, unit)
    if not waiting:
        work.answer(text("issues.nothing_to_do"))
        return
    lines = [
        text(
            "issues.to_do_line",
            issue=issue_label(one),
            state=term("issue_state", one.state),
            category=term("category", one.category),
            title=one_line(one.text),
        )
        for one in waiting[:_LISTED]
    ]
    work.answer("\n".join([text("issues.to_do", count=len(waiting)), *lines]))
