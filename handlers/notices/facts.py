"""What is known of a topic, in lines fit for everybody: verdicts, meetings, promises, money."""

from decimal import Decimal

from handlers.choices.results import public_lines
from handlers.intake.masking import mask
from handlers.labels import label
from handlers.matters.stored import matter_lines
from handlers.moments import day
from handlers.money import ten_thousands
from handlers.texts import term, text
from handlers.work import Work
from storage import facts, polls, tasks
from storage.facts import MeetingFact
from storage.records import Poll, PollState, Task, TaskState, Topic


async def account_of(work: Work, topic: Topic, basis: str) -> str:
    """The text of a notice: the matter in the words it was raised with (masked), how it was decided, what follows."""
    lines = [mask(topic.text.strip())] if topic.text.strip() else []
    lines += await _decisions(work, topic)
    lines += [_task_line(task) for task in await tasks.of_topic(work.tx, topic.id) if _counts(task)]
    if basis:
        lines.append(text("notices.basis_line", basis=basis))
    return "\n".join(lines)


async def _decisions(work: Work, topic: Topic) -> list[str]:
    lines: list[str] = []
    for poll in await polls.of_topic(work.tx, topic.id):
        lines += _poll_lines(poll) if _stands(poll) else ()
    decided = await facts.decided_by_meetings(work.tx, topic.id)
    return [*lines, *(_meeting_line(work, fact) for fact in decided)]


def _meeting_line(work: Work, fact: MeetingFact) -> str:
    return text(
        "notices.meeting_line",
        day=day(fact.starts_at, work.settings.zone),
        meeting=fact.name,
        outcome=term("outcome", fact.outcome),
        note=mask(fact.note.strip()),
    )


def _poll_lines(poll: Poll) -> list[str]:
    first, *lines = public_lines(poll)
    said = text("notices.poll_line", poll=label("poll", poll), headline=first)
    return [said, *lines, *matter_lines(poll)]


def _stands(poll: Poll) -> bool:
    """Whether a result is final: neither open to challenge nor void."""
    return poll.state is PollState.CLOSED and poll.final_at is None and not poll.void


def _counts(task: Task) -> bool:
    return task.state is not TaskState.DROPPED


def _task_line(task: Task) -> str:
    """The owner, a person, is not named; the party, a firm or office, is."""
    percent = text("notices.task_percent", percent=task.percent)
    return text(
        "notices.task_line",
        title=mask(task.title),
        party=text("notices.task_party", party=mask(task.party)) if task.party else "",
        due=text("notices.task_due", day=day(task.due_on)) if task.due_on else "",
        money=_money(task.budget, task.spent),
        state=percent if task.state is TaskState.OPEN else term("task_state", task.state),
    )


def _money(budget: Decimal | None, spent: Decimal | None) -> str:
    if budget is None:
        return ""
    whole = ten_thousands(budget)
    if spent is None:
        return text("notices.task_budget", budget=whole)
    return text("notices.task_money", spent=ten_thousands(spent), budget=whole)
