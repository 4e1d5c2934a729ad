"""What is said of a series, its meetings and its drafts."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.labels import topic_label
from handlers.meetings.series.agenda import Waiting
from handlers.meetings.series.planning import DRAFT, Lead
from handlers.meetings.views import heading, when_text
from handlers.moments import local_date
from handlers.recurring.expansion import Occurrence, occurrences
from handlers.recurring.stored import parse
from handlers.recurring.wording import describe, explain, notes
from handlers.texts import text
from handlers.work import Work
from storage.records import Meeting, Series, Topic

SHOWN = 5


def series_label(number: int) -> str:
    """定期3."""
    return text("series.label", number=number)


def in_words(series: Series) -> str:
    """两委会，每周一 9:00，遇法定节假日顺延，议事厅，每次最多 2 个主题."""
    parts = [series.name, describe(parse(series.rule))]
    if series.place:
        parts.append(series.place)
    if series.topics_most:
        parts.append(text("series.themes_most", most=series.topics_most))
    return text("series.comma").join(parts)


def coming(work: Work, series: Series, count: int) -> tuple[Occurrence, ...]:
    """The next days of a series, cancelled ones too, none that has begun."""
    today = local_date(work.now, work.settings.zone)
    found = occurrences(parse(series.rule), today - timedelta(days=1), work.settings.zone, count=count + 1)
    return tuple(one for one in found if one.starts_at is None or one.starts_at > work.now)[:count]


def started_text(work: Work, series: Series, number: int, lead: Lead) -> str:
    """A series read back in words, with the days that come and why they are those."""
    days = [text("series.day", day=explain(one)) for one in coming(work, series, SHOWN)]
    told = text("series.told", days=max(lead.days, lead.before.days), draft=DRAFT.days)
    lines = [
        text("series.started", label=series_label(number), words=in_words(series)),
        text("series.next_days", count=len(days)),
        *days,
        *notes(parse(series.rule)),
        told,
        text("series.how_to_stop", label=series_label(number)),
    ]
    return "\n".join(lines)


def listed(work: Work, series: Series, number: int) -> str:
    """A series in one line, with its next day."""
    days = coming(work, series, 1)
    following = text("series.next", day=explain(days[0])) if days else ""
    return text("series.listed", label=series_label(number), words=in_words(series), next=following)


def draft_text(work: Work, meeting: Meeting, waiting: Waiting, why: str) -> str:
    """The draft of an agenda as whoever called the series sees it, and what to type to change it."""
    assert meeting.notice_at is not None
    lines = [text("series.draft", heading=heading(work, meeting), why=why)]
    lines += [
        text("series.item", index=index, topic=topic_label(topic), title=topic.title)
        for index, topic in enumerate(waiting.taken, start=1)
    ]
    if not waiting.taken:
        lines.append(text("series.nothing_waits"))
    if waiting.later:
        lines.append(text("series.for_later", topics=names(waiting.later)))
    if waiting.late:
        lines.append(text("series.notice_too_long", topics=names(waiting.late)))
    shown = {"number": meeting.number, "when": when_text(work, meeting.notice_at)}
    return "\n".join([*lines, text("series.how_to_change", topics=example(waiting), **shown)])


def example(waiting: Waiting) -> str:
    """Topics as they are typed into an agenda: those of the draft, else the first that wait."""
    known = waiting.taken or waiting.later
    return ",".join(topic_label(topic) for topic in known) or text("series.some_topics")


def names(topics: Sequence[Topic]) -> str:
    """议7、议9."""
    return text("series.and").join(topic_label(topic) for topic in topics)
