"""立项: issues become a topic that runs under a named procedure."""

import re

from handlers.events import IssueMoved, TopicRaised
from handlers.intake.masking import mask
from handlers.labels import issue_label, topic_label
from handlers.permissions import TRIAGE, require
from handlers.procedures.model import Procedure
from handlers.procedures.shipped import catalogue
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import issues, topics, units
from storage.messages import Button, Card, Said
from storage.records import Category, Issue, IssueState, Kind, Topic, TopicState

routes = Routes()
_NUMBERS = re.compile(r"[\d\s,，、和号]*\d\s*号?")
_TITLE = 30
_CLOSED = frozenset({IssueState.MERGED, IssueState.REFUSED, IssueState.CANCELLED, IssueState.MEDIATE})


@routes.command("立项", "propose")
async def propose(work: Work, said: Said, rest: str) -> None:
    """`立项 12 四议两公开 [标题]`; several issues: `立项 12,15 …`."""
    del said
    match = _NUMBERS.match(narrow(rest))
    if match is None:
        raise Refusal("topics.propose_usage", procedures=_names())
    numbers = [int(number) for number in re.findall(r"\d+", match.group())]
    wanted, _, title = rest[match.end() :].strip().partition(" ")
    found = [await _issue(work, number) for number in dict.fromkeys(numbers)]
    procedure = choose(wanted)
    topic = await raise_topic(work, found, procedure, title.strip())
    work.answer(text("topics.raised", topic=topic_label(topic), title=topic.title, procedure=procedure.name))


@routes.press("topic.choose")
async def offer(work: Work, arguments: tuple[str, ...]) -> None:
    """Show the procedures an issue can run under."""
    issue = await _pressed_issue(work, arguments[0])
    rows = tuple(
        (Button(kept.procedure.name, press("topic.raise", issue.id, kept.procedure.id)),)
        for kept in catalogue().entries
        if not kept.procedure.private
    )
    work.answer(Card(text("topics.choose", issue=issue_label(issue)), rows))


@routes.press("topic.raise")
async def raise_by_button(work: Work, arguments: tuple[str, ...]) -> None:
    """The procedure was chosen by a button."""
    issue = await _pressed_issue(work, arguments[0])
    procedure = choose(arguments[1] if len(arguments) > 1 else "")
    topic = await raise_topic(work, [issue], procedure, "")
    work.answer(text("topics.raised", topic=topic_label(topic), title=topic.title, procedure=procedure.name))


def choose(said: str) -> Procedure:
    """The one procedure somebody means. Refusal when there is none, or when the site has to choose a variant."""
    if not said:
        raise Refusal("topics.propose_usage", procedures=_names())
    found = catalogue().named(said)
    if not found:
        near = catalogue().nearest(said)
        raise Refusal(
            "topics.no_such_procedure" if near is None else "topics.procedure_guess",
            said=said,
            near=near,
            procedures=_names(),
        )
    if len(found) > 1:
        variants = "、".join(kept.procedure.name for kept in found)
        raise Refusal("topics.choose_variant", said=said, variants=variants)
    return found[0].procedure


async def raise_topic(work: Work, found: list[Issue], procedure: Procedure, title: str) -> Topic:
    """Make a topic of these issues and let its case begin."""
    community = await units.get(work.tx, found[0].community_id)
    await require(work, community, *TRIAGE)
    for issue in found:
        await _may_be_raised(work, issue)
    member = await work.someone()
    year = work.now.astimezone(work.settings.zone).year
    number = await units.next_number(work.tx, community.id, "topic", year)
    name = title or _title_of(found[0])
    body = "\n".join(mask(issue.text) for issue in found)
    topic = await topics.add(
        work.tx, Topic(0, community.id, year, number, name, body, TopicState.OPEN, member.id, work.now)
    )
    for issue in found:
        await topics.join(work.tx, topic.id, issue.id)
        await issues.change(work.tx, issue.id, state=IssueState.CONSULT, due_at=None, alert_at=None)
        await work.record(IssueMoved(issue.id, IssueState.CONSULT, topic_label(topic)))
    await work.record(TopicRaised(topic.id, procedure.id))
    return topic


async def _issue(work: Work, number: int) -> Issue:
    community = await work.community()
    issue = await issues.numbered(work.tx, community.id, number)
    if issue is None:
        raise Refusal("topics.no_issue", number=number)
    return issue


async def _pressed_issue(work: Work, written: str) -> Issue:
    issue = await issues.find(work.tx, int(written)) if written.isdigit() else None
    if issue is None:
        raise Refusal("dispatch.stale_button")
    await require(work, await units.get(work.tx, issue.community_id), *TRIAGE)
    return issue


async def _may_be_raised(work: Work, issue: Issue) -> None:
    label = issue_label(issue)
    if issue.kind is Kind.DISPUTE or issue.category is Category.NEIGHBOURS:
        raise Refusal("topics.between_persons", issue=label)
    if issue.state in _CLOSED:
        raise Refusal("topics.issue_over", issue=label)
    for topic in await topics.of_issue(work.tx, issue.id):
        if topic.state is TopicState.OPEN:
            raise Refusal("topics.raised_already", issue=label, topic=topic_label(topic))


def _title_of(issue: Issue) -> str:
    first = re.split(r"[\n。！？!?]", mask(issue.text).strip(), maxsplit=1)[0]
    return first if len(first) <= _TITLE else first[:_TITLE] + "…"


def _names() -> str:
    return "、".join(kept.procedure.name for kept in catalogue().entries if not kept.procedure.private)
