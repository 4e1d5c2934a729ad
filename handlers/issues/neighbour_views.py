"""The cards that neighbours see: what was written down, and what has become of it."""

from handlers.intake.masking import mask
from handlers.issues import rules
from handlers.issues.alike import Near, open_alike
from handlers.issues.choices import limits
from handlers.issues.telling import desk, on_duty
from handlers.issues.wording import outcome, place_of, public_title, shortened, until, when
from handlers.labels import issue_label
from handlers.moments import span
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import cards, issues
from storage.messages import Button, Card
from storage.records import Issue, IssueState, Level

routes = Routes()
_WORDLESS = (IssueState.CANDIDATE, IssueState.CANCELLED)
_ASKABLE = tuple(state for state in rules.OPEN if state is not IssueState.CANDIDATE)


@routes.card("raised")
async def draw_raised(work: Work, issue_id: int) -> Card | None:
    """What residents see of an issue now."""
    return await raised_card(work, await issues.get(work.tx, issue_id))


@routes.card("offer")
async def draw_offer(work: Work, issue_id: int) -> Card | None:
    """The question whether it is the same as an older one, until it is answered."""
    issue = await issues.get(work.tx, issue_id)
    near = await open_alike(work, issue) if issue.state is IssueState.REPORTED else None
    if near is None:
        return await raised_card(work, issue)
    if await cards.about(work.tx, f"raised:{issue_id}"):
        return Card(text("issues.apart", issue=issue_label(issue)))
    return offer_card(work, issue, near, await issues.support_count(work.tx, near.issue.id))


async def raised_card(work: Work, issue: Issue) -> Card:
    """An issue as its neighbours see it: its words, masked, unless they are nobody's business; and where it stands."""
    if (await issues.root_of(work.tx, issue)).state is IssueState.MEDIATE:
        return Card(text("issues.gone_private"))
    label = issue_label(issue)
    lines = [text("issues.danger_first")] if issue.level is Level.U0 and issue.state in rules.OPEN else []
    lines.append(text("issues.written_down", issue=label))
    if issue.state not in _WORDLESS and rules.may_be_public(issue):
        lines.append(shortened(mask(issue.text)))
    lines.append(await standing(work, issue))
    return Card("\n".join(lines), await _buttons(work, issue))


async def _buttons(work: Work, issue: Issue) -> tuple[tuple[Button, ...], ...]:
    if issue.state not in _ASKABLE or not rules.may_be_public(issue):
        return ()
    count = await issues.support_count(work.tx, issue.id)
    row = [
        Button(_support_label(count), press("issue.support", issue.id)),
        Button(text("issues.button_add"), press("issue.add", issue.id)),
    ]
    if issue.state is IssueState.REPORTED:
        row.append(Button(text("issues.button_not_this"), press("issue.notthis", issue.id)))
    return (tuple(row),)


def _support_label(count: int) -> str:
    return text("issues.button_support", count=count) if count else text("issues.button_support_first")


async def standing(work: Work, issue: Issue) -> str:
    """Where an issue stands, in a sentence for its neighbours."""
    zone, state = work.settings.zone, issue.state
    if state in rules.UNTOUCHED:
        return await _waiting(work, issue)
    if state is IssueState.MERGED:
        return text("issues.now_merged", into=issue_label(await issues.root_of(work.tx, issue)))
    if state in rules.GIVEN and issue.due_at:
        return text("issues.now_given", party=issue.party, until=until(issue.due_at, work.now, zone))
    if state in (IssueState.CLOSED, IssueState.REFUSED):
        return text(f"issues.now_{state}", outcome=mask(outcome(issue)))
    return text(f"issues.now_{state}")


async def _waiting(work: Work, issue: Issue) -> str:
    if issue.level is Level.U0:
        return text("issues.duty_told" if await somebody_told(work, issue) else "issues.nobody_on_duty")
    if rules.is_personal(issue):
        return text("issues.waiting_private")
    return text("issues.waiting", span=span(limits(issue.level).accept))


async def somebody_told(work: Work, issue: Issue) -> bool:
    """Whether there was anybody to tell of a danger."""
    return bool(await desk(work, issue) or await on_duty(work, issue))


def offer_card(work: Work, issue: Issue, near: Near, supports: int) -> Card:
    """Say that it is written down, and ask whether it is the older one."""
    other = near.issue
    older = text(
        "issues.offer_older",
        issue=issue_label(other),
        title=public_title(other),
        when=when(other.filed_at, work.now, work.settings.zone),
        count=supports,
    )
    yes = Button(text("issues.button_same"), press("issue.same", issue.id, other.id))
    no = Button(text("issues.button_apart"), press("issue.apart", issue.id))
    return Card(text("issues.offer", issue=issue_label(issue), older=older), ((yes, no),))


@routes.card("check")
async def draw_check(work: Work, issue_id: int) -> Card | None:
    """The question whether it is done, until somebody has answered it."""
    issue = await issues.get(work.tx, issue_id)
    if issue.state is IssueState.FED_BACK:
        return check_card(issue)
    return Card(text("issues.check_over", issue=issue_label(issue), standing=await standing(work, issue)))


def check_card(issue: Issue) -> Card:
    """Ask the reporter whether it is done."""
    _, _, words = issue.result.partition(":")
    yes = Button(text("issues.button_done"), press("issue.done", issue.id))
    no = Button(text("issues.button_undone"), press("issue.undone", issue.id))
    asked = text("issues.ask_done", issue=issue_label(issue), place=place_of(issue), words=mask(words))
    return Card(asked, ((yes, no),))


def state_line(issue: Issue) -> str:
    """One line of somebody's own list: number, state, what."""
    return text(
        "issues.own_line",
        issue=issue_label(issue),
        state=term("issue_state", issue.state),
        title=public_title(issue),
    )


def bare_line(issue: Issue) -> str:
    """The same without a word of what it is about."""
    return text("issues.bare_line", issue=issue_label(issue), state=term("issue_state", issue.state))
