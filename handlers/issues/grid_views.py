"""The cards that grid workers and whoever carries things out see."""

from handlers.intake.masking import mask
from handlers.issues import rules
from handlers.issues.alike import Near, alike
from handlers.issues.choices import Reason, reason_word, usual_parties
from handlers.issues.reading import hearing_of
from handlers.issues.wording import one_line, outcome, shortened, tags, until, when
from handlers.labels import issue_label
from handlers.moments import span
from handlers.routes import Routes, press
from handlers.texts import term, terms, text
from handlers.work import Work
from storage import groups, issues, opinions, remarks
from storage.messages import Button, Card, File, FileKind, Location
from storage.records import Issue, IssueState, Level

routes = Routes()
Rows = tuple[tuple[Button, ...], ...]
LOCATION = "location"
_REMARKS = 3
_IN_A_ROW = 3


@routes.card("issue")
async def draw_issue(work: Work, issue_id: int) -> Card | None:
    """What grid workers see of an issue now."""
    return await grid_card(work, await issues.get(work.tx, issue_id))


async def grid_card(work: Work, issue: Issue) -> Card:
    """Everything needed to sort an issue, and the next steps; of a private one only that it is private."""
    label = issue_label(issue)
    if (await issues.root_of(work.tx, issue)).state is IssueState.MEDIATE:
        return Card(text("issues.grid_private", issue=label))
    if issue.state is IssueState.CANCELLED:
        return Card("\n".join(_head(issue)))
    if issue.state is IssueState.CLOSED and rules.is_missing_person(issue):
        return Card(text("issues.grid_found", issue=label))
    near = await alike(work, issue) if issue.state in rules.UNTOUCHED else []
    lines = [*_head(issue), await _said(work, issue), *await _added(work, issue), *_near(work, near)]
    lines += [*await _reasons(work, issue, near), *await _now(work, issue)]
    files, location = await attachments(work, issue)
    return Card("\n".join(lines), _buttons(issue, near), files, location)


def _head(issue: Issue) -> list[str]:
    waiting = issue.state is IssueState.REPORTED
    state = text("issues.grid_waiting") if waiting else term("issue_state", issue.state)
    head = text("issues.grid_head", state=state, issue=issue_label(issue), tags=tags(issue))
    return [text("issues.grid_danger"), head] if issue.alert_at else [head]


async def _said(work: Work, issue: Issue) -> str:
    where = text("issues.in_private")
    if issue.group_id:
        where = term("group", (await groups.get(work.tx, issue.group_id)).role)
    said = when(issue.filed_at, work.now, work.settings.zone)
    count = await issues.support_count(work.tx, issue.id)
    return text("issues.grid_said", words=shortened(issue.text), where=where, when=said, count=count)


async def _added(work: Work, issue: Issue) -> list[str]:
    zone = work.settings.zone
    return [
        text("issues.grid_remark", when=when(remark.at, work.now, zone), words=one_line(remark.text, 60))
        for remark in await remarks.latest(work.tx, issue.id, _REMARKS)
    ]


def _near(work: Work, near: list[Near]) -> list[str]:
    zone = work.settings.zone
    return [
        text(
            "issues.grid_near",
            issue=issue_label(one.issue),
            title=one_line(one.issue.text),
            when=when(one.issue.filed_at, work.now, zone),
            state=term("issue_state", one.issue.state),
        )
        for one in near
    ]


async def _reasons(work: Work, issue: Issue, near: list[Near]) -> list[str]:
    if issue.state not in rules.UNTOUCHED:
        return []
    why = [issue.reason] if issue.reason else []
    if near:
        why.append(text("issues.grid_alike", span=span(work.now - near[0].issue.filed_at)))
    lines = [text("issues.grid_why", why="；".join(why))] if why else []
    lines += await _opinion(work, issue)
    if second := hearing_of(work, issue.community_id).understood(issue.text).second:
        category = term("category", second.category)
        lines.append(text("issues.grid_second", category=category, number=issue.number))
    return lines


async def _opinion(work: Work, issue: Issue) -> list[str]:
    """What somebody else holds an unclear one to be; it is there to be read, and moves nothing."""
    given = await opinions.of_issue(work.tx, issue.id) if work.settings.doubt_below else None
    if given is None or given.kind is None or given.category is None:
        return []
    words = {"kind": term("kind", given.kind), "category": term("category", given.category)}
    return [text("understanding.opinion", **words)]


async def _now(work: Work, issue: Issue) -> list[str]:
    """To whom it is given and until when, or how it ended."""
    if issue.state is IssueState.MERGED:
        return [text("issues.now_merged", into=issue_label(await issues.root_of(work.tx, issue)))]
    lines = []
    if issue.party and issue.state in rules.OPEN:
        lines.append(text("issues.grid_party", party=issue.party))
    if issue.due_at and issue.state not in rules.UNTOUCHED:
        lines.append(text("issues.grid_due", until=until(issue.due_at, work.now, work.settings.zone)))
    if issue.state is IssueState.FED_BACK:
        lines.append(text("issues.grid_fed_back", words=issue.result.partition(":")[2]))
    return lines + ([text("issues.grid_outcome", outcome=outcome(issue))] if outcome(issue) else [])


async def attachments(work: Work, issue: Issue) -> tuple[tuple[File, ...], Location | None]:
    """The photos of an issue, and the last place that was sent."""
    files: list[File] = []
    location = None
    for one in await issues.attached(work.tx, f"issue:{issue.id}"):
        if one.kind == LOCATION:
            location = Location(*one.ref.split(","))
        else:
            files.append(File(FileKind(one.kind), one.ref, one.name))
    return tuple(files), location


def _buttons(issue: Issue, near: list[Near]) -> Rows:
    if issue.state not in rules.OPEN:
        return ()
    alarm = (_button("issues.button_take_alarm", "issue.alarm", issue),) if issue.alert_at else ()
    more = _button("issues.button_more", "issue.more", issue)
    steps = _steps(issue, near)
    return tuple(row for row in (alarm, (*steps, more)) if row)


def _steps(issue: Issue, near: list[Near]) -> tuple[Button, ...]:
    if issue.state in rules.UNTOUCHED:
        accept = _button("issues.button_accept", "issue.accept", issue)
        urgent = _button("issues.button_urgent", "issue.urgent", issue)
        merge = next((one.issue for one in near if one.issue.state in rules.OPEN), None)
        if merge is None:
            return accept, urgent
        into = text("issues.button_merge", number=merge.number)
        return accept, Button(into, press("issue.merge", issue.id, merge.id)), urgent
    if issue.state is IssueState.FED_BACK:
        checked = _button("issues.button_checked", "issue.checked", issue)
        return checked, _button("issues.button_not_good", "issue.notgood", issue)
    if issue.state is IssueState.CONSULT:
        return ()
    give = _button("issues.button_give", "issue.give", issue)
    return give, _button("issues.button_finish", "issue.finish", issue)


def more_card(issue: Issue) -> Card:
    """The rarer steps."""
    names = ("category", "place", "give", "up", "mediate", "refuse")
    buttons = [_button(f"issues.button_{name}", f"issue.{name}", issue) for name in names]
    if issue.state is IssueState.CANDIDATE:
        buttons.append(_button("issues.button_idle", "issue.idle", issue))
    if not rules.is_personal(issue):
        buttons.append(_button("issues.button_topic", "topic.choose", issue))
    return Card(text("issues.more", issue=issue_label(issue)), in_rows(buttons))


def category_card(issue: Issue) -> Card:
    """Ask which category it is instead."""
    buttons = [
        Button(said, press("issue.category", issue.id, found)) for found, said in terms("category").items()
    ]
    return Card(text("issues.which_category", issue=issue_label(issue)), in_rows(buttons))


def party_card(issue: Issue) -> Card:
    """Ask to whom it is given; the usual ones first."""
    parties = usual_parties(issue.category)
    buttons = [Button(party, press("issue.giveto", issue.id, at)) for at, party in enumerate(parties)]
    asked = text("issues.which_party", issue=issue_label(issue), number=issue.number)
    return Card(asked, in_rows(buttons))


def reason_card(issue: Issue) -> Card:
    """Ask why it is not taken on."""
    buttons = [
        Button(reason_word(reason), press("issue.refuse", issue.id, reason))
        for reason in Reason
        if reason not in (Reason.SAME, Reason.OTHER)
    ]
    asked = text("issues.which_reason", issue=issue_label(issue), number=issue.number)
    return Card(asked, in_rows(buttons))


def urgent_card(issue: Issue) -> Card:
    """How urgent? Danger first: a false alarm costs a telephone call."""
    danger = Button(text("issues.button_danger"), press("issue.level", issue.id, Level.U0))
    soon = Button(text("issues.button_soon"), press("issue.level", issue.id, Level.U1))
    return Card(text("issues.how_urgent", issue=issue_label(issue)), ((danger, soon),))


def sure_card(issue: Issue, step: str) -> Card:
    """Asked twice: `step` is "up" or "mediate"."""
    go = Button(text(f"issues.sure_{step}_yes"), press(f"issue.{step}", issue.id, "yes"))
    stay = Button(text("issues.button_leave"), press("issue.leave", issue.id))
    return Card(text(f"issues.sure_{step}", issue=issue_label(issue)), ((stay, go),))


def in_rows(buttons: list[Button]) -> Rows:
    """Three in a row."""
    return tuple(tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW))


def _button(key: str, verb: str, issue: Issue) -> Button:
    return Button(text(key), press(verb, issue.id))


@routes.card("order")
async def draw_order(work: Work, issue_id: int) -> Card | None:
    """What whoever carries an issue out sees of it now."""
    return order_card(work, await issues.get(work.tx, issue_id))


def order_card(work: Work, issue: Issue) -> Card:
    """An assignment: what, where, until when; never who raised it."""
    label = issue_label(issue)
    if issue.state not in (*rules.GIVEN, IssueState.ESCALATED):
        return Card(text("issues.order_over", issue=label, state=term("issue_state", issue.state)))
    lines = [text("issues.order_head", issue=label, tags=mask(tags(issue)))]
    lines.append(text("issues.order_words", words=shortened(mask(issue.text))))
    if issue.due_at:
        lines.append(text("issues.order_due", until=until(issue.due_at, work.now, work.settings.zone)))
    feedback = _button("issues.button_feedback", "issue.feedback", issue)
    if issue.state is not IssueState.DISPATCHED:
        return Card("\n".join(lines), ((feedback,),))
    take = _button("issues.button_take", "issue.take", issue)
    back = _button("issues.button_return", "issue.return", issue)
    return Card("\n".join(lines), ((take, feedback, back),))
