"""登记: a chat copied out of WeChat, where no bot may listen, becomes issues: a list to choose from, or one at once.

Who said what is used to tell speakers apart and then let go: no name is kept or shown, chatter is not kept at all.
What is chosen from is good for a day, as something that runs out, and is swept away with outlived passes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from pydantic import TypeAdapter

from handlers.intake.masking import mask
from handlers.issues.alike import MEMORY
from handlers.issues.batch_copied import pieces_of
from handlers.issues.batch_matters import alike, is_danger, matters_in
from handlers.issues.filing import Told, file_issue, remark
from handlers.issues.grid_views import in_rows
from handlers.issues.lookups import WORKERS
from handlers.issues.reading import hearing
from handlers.issues.wording import one_line
from handlers.labels import issue_label
from handlers.permissions import require
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import cards, issues, tokens
from storage.issues import OVER
from storage.messages import Button, Card, Said
from storage.records import Issue, IssueState
from storage.tokens import Token

routes = Routes()
routes.unkept.add("登记")
_KEPT = timedelta(days=1)
_MOST = 18
_COMPARED = 400
_SHOWN = 60
_ALL = "all"
_ID = re.compile(r"[0-9]{1,15}")
_ALL_WORDS = ("全部", "全都", "都登记", "所有")
_CHOICE = re.compile(r"(?:第?\d{1,2}(?:\s*[-~到至]\s*\d{1,2})?[条件号项]?[\s,，、和]*)+")
_SPAN = re.compile(r"(\d{1,2})(?:\s*[-~到至]\s*(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A matter that may be registered; `issue` is the id it has been registered under, 0 before."""

    words: str
    people: int
    issue: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody has pasted, to choose from; `key` tells one list from the next."""

    key: str
    lines: tuple[Line, ...]


_WRITTEN = TypeAdapter(Offer)


@routes.command("登记", "register")
async def register(work: Work, said: Said, rest: str) -> None:
    """`登记` with a copied chat behind it or quoted; `登记 1 3` and `登记 全部` choose from the list."""
    require_closed_room(work)
    await require(work, await work.unit(), *WORKERS)
    worker = await work.someone()
    if rest.strip() in _ALL_WORDS or _CHOICE.fullmatch(narrow(rest.strip())):
        await _choose(work, worker.id, await _kept(work, worker.id), rest)
        return
    ours = said.reply_to and await cards.at_message(work.tx, work.event.chat, said.reply_to)
    copied = rest or ("" if ours else said.quoted)
    if not copied.strip():
        raise Refusal("batch.usage")
    await _offer(work, worker.id, copied, said.message_id)


@routes.press("issue.batch")
async def chosen(work: Work, arguments: tuple[str, ...]) -> None:
    """[登记1], [全部登记]: by any grid worker who has the list before them."""
    require_closed_room(work)
    await require(work, await work.unit(), *WORKERS)
    match arguments:
        case (who, key, which) if _ID.fullmatch(who):
            offer = await _kept(work, int(who))
        case _:
            raise Refusal("dispatch.stale_button")
    if offer.key != key:
        raise Refusal("batch.no_list")
    await _choose(work, int(who), offer, _ALL_WORDS[0] if which == _ALL else which)


async def _offer(work: Work, member_id: int, copied: str, message_id: str) -> None:
    """Danger comes first and is registered at once, and so is what stands alone; from several one chooses."""
    heard = await hearing(work)
    matters = matters_in(pieces_of(copied, heard), heard)
    if not matters:
        raise Refusal("batch.nothing")
    danger = [one for one in matters if is_danger(one.words, heard)]
    ordered = [*danger, *(one for one in matters if one not in danger)][:_MOST]
    lines = tuple(Line(one.words, one.people) for one in ordered)
    pressing = range(len(matters) if len(matters) == 1 else min(len(danger), _MOST))
    offer = await _filed(work, Offer(_key(message_id), lines), pressing)
    if all(line.issue for line in offer.lines):
        work.answer(await _registered(work, offer, pressing))
        return
    await _keep(work, member_id, offer)
    work.answer(await _list_card(work, member_id, offer, len(matters)), subject=f"batch:{member_id}")


async def _choose(work: Work, member_id: int, offer: Offer, written: str) -> None:
    numbers = _numbers(written, len(offer.lines))
    fresh = {number for number in numbers if not offer.lines[number].issue}
    changed = await _filed(work, offer, fresh)
    if all(line.issue for line in changed.lines):
        await tokens.forget(work.tx, _name(work, member_id))
    else:
        await _keep(work, member_id, changed)
    work.answer(await _registered(work, changed, numbers))


def _numbers(written: str, length: int) -> set[int]:
    """The lines that were chosen, from 0. Refusal for a number that is not on the list."""
    if written.strip() in _ALL_WORDS:
        return set(range(length))
    spans = [(int(first), int(last or first)) for first, last in _SPAN.findall(narrow(written))]
    found = {number - 1 for first, last in spans for number in range(first, last + 1)}
    if not found or not found <= set(range(length)):
        raise Refusal("batch.no_such", last=length)
    return found


async def _filed(work: Work, offer: Offer, numbers: Iterable[int]) -> Offer:
    """The offer with these lines registered, told by who passed them on."""
    lines = list(offer.lines)
    worker = await work.someone()
    for number in sorted(numbers):
        line = lines[number]
        told = Told(line.words, worker, "", None)
        issue = await file_issue(work, told, IssueState.REPORTED)
        await remark(work, issue, _source(line), worker.id)
        lines[number] = replace(line, issue=issue.id)
    return replace(offer, lines=tuple(lines))


def _source(line: Line) -> str:
    return text("batch.source_several", people=line.people) if line.people > 1 else text("batch.source")


async def _registered(work: Work, offer: Offer, numbers: Iterable[int]) -> str:
    """What was registered under which number."""
    lines = [text("batch.registered")]
    for number in sorted(numbers):
        line = offer.lines[number]
        label = issue_label(await issues.get(work.tx, line.issue))
        lines.append(text("batch.registered_line", issue=label, words=_shown(line)))
    return "\n".join(lines)


async def _list_card(work: Work, member_id: int, offer: Offer, found: int) -> Card:
    known = await _open_issues(work)
    lines = [text("batch.found", count=found)]
    for number, line in enumerate(offer.lines, start=1):
        said = text("batch.line", number=number, words=_shown(line), note=await _note(work, line, known))
        lines.append(said)
    if found > len(offer.lines):
        lines.append(text("batch.more", count=found - len(offer.lines)))
    lines.append(text("batch.how"))
    labels = {str(number): text("batch.button", number=number) for number in range(1, len(offer.lines) + 1)}
    labels[_ALL] = text("batch.button_all")
    buttons = [
        Button(said, press("issue.batch", member_id, offer.key, which)) for which, said in labels.items()
    ]
    return Card("\n".join(lines), in_rows(buttons))


async def _note(work: Work, line: Line, known: list[tuple[str, Issue]]) -> str:
    """What a person should know before choosing: it is registered already, or an open issue is like it."""
    heard = await hearing(work)
    if line.issue:
        return text("batch.note_registered", issue=issue_label(await issues.get(work.tx, line.issue)))
    like = next((issue for words, issue in known if alike(words, line.words, heard)), None)
    if like:
        return text("batch.note_alike", issue=issue_label(like))
    return text("batch.note_people", people=line.people) if line.people > 1 else ""


async def _open_issues(work: Work) -> list[tuple[str, Issue]]:
    """What was said of late, and the open issue that it is or became part of."""
    community = await work.community()
    recent = await issues.recent_texts(work.tx, community.id, work.now - MEMORY, _COMPARED)
    found = [(words, await issues.root_of(work.tx, await issues.get(work.tx, key))) for key, words in recent]
    return [(words, issue) for words, issue in found if issue.state not in OVER]


def _shown(line: Line) -> str:
    return one_line(mask(line.words), _SHOWN)


async def _kept(work: Work, member_id: int) -> Offer:
    found = await tokens.find(work.tx, _name(work, member_id), work.now)
    if found is None:
        raise Refusal("batch.no_list")
    return _WRITTEN.validate_json(found.value)


async def _keep(work: Work, member_id: int, offer: Offer) -> None:
    written = _WRITTEN.dump_json(offer).decode()
    await tokens.keep(work.tx, Token(_name(work, member_id), written, work.now + _KEPT))


def _name(work: Work, member_id: int) -> str:
    return f"batch:{member_id}:{work.event.chat}"


def _key(message_id: str) -> str:
    return sha256(message_id.encode()).hexdigest()[:8]
