"""How issues are put into a line: what, where, when, shortened and without anything private."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import moments
from handlers.intake.masking import mask
from handlers.issues.choices import Closing, Reason, closing_word, reason_word
from handlers.texts import term, text
from storage.records import Issue, IssueState

SHOWN = 200
_TITLE = 24


def shortened(words: str, length: int = SHOWN) -> str:
    """The words, or their beginning and how long they are."""
    if len(words) <= length:
        return words
    return text("issues.shortened", words=words[:length].rstrip(), count=len(words))


def one_line(words: str, length: int = _TITLE) -> str:
    """The beginning of the words on one line."""
    flat = " ".join(words.split())
    return flat if len(flat) <= length else f"{flat[:length]}…"


def public_title(issue: Issue) -> str:
    """What an issue is, for neighbours: a line of its masked words."""
    return one_line(mask(issue.text))


def place_of(issue: Issue) -> str:
    """Where it is, without a door number."""
    return mask(issue.place) or text("issues.nowhere")


def tags(issue: Issue) -> str:
    """房屋设施 · 3号楼2单元 · 一般."""
    return f"{term('category', issue.category)} · {issue.place or text('issues.nowhere')} · {term('level', issue.level)}"


def when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """今天 9:10, 昨天 9:10, or the day."""
    days = (moments.local_date(now, zone) - moments.local_date(moment, zone)).days
    clock = moments.clock(moment, zone)
    if days == 0:
        return text("issues.today", clock=clock)
    if days == 1:
        return text("issues.yesterday", clock=clock)
    return moments.day(moment, zone)


def until(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The moment something is due: 今天 18:00, or the day with its hour."""
    if moment - now < timedelta(days=1) and moments.local_date(moment, zone) == moments.local_date(now, zone):
        return text("issues.today", clock=moments.clock(moment, zone))
    return moments.moment(moment, zone)


def outcome(issue: Issue) -> str:
    """How it ended: the closing or refusing word with what was said to it; "" while it has not ended."""
    word, _, words = issue.result.partition(":")
    if issue.state is IssueState.CLOSED:
        return _with(closing_word(Closing(word)), words)
    if issue.state is IssueState.REFUSED:
        return _with(reason_word(Reason(word)), words)
    return ""


def _with(word: str, words: str) -> str:
    return text("issues.word_with_words", word=word, words=words) if words else word


def masked_name(name: str) -> str:
    """张*."""
    return f"{name[:1]}*"
