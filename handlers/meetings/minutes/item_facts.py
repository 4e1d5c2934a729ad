"""One item as the paper prints it: what was recorded, and a person's words marked as such. Pure."""

from handlers.meetings.minutes.changes import Words
from handlers.meetings.minutes.gathered import Ballot, Duty, Item, Spoken
from handlers.papers.facts import MinutesItem, Person, Promise, Refinement, Speech, Standing
from handlers.papers.model import Edition
from handlers.texts import term, text
from storage.records import SpeechKind

_SPEECHES = (SpeechKind.REMARK, SpeechKind.MOTION)


def item_facts(item: Item, words: Words, edition: Edition) -> MinutesItem:
    """The facts of an item; who dissented is named in the record only (domain: no names in votes and disputes)."""
    counted = item.ballot.counted if item.ballot else None
    return MinutesItem(
        title=item.title,
        introduction="\n".join(words.lines("introduction", item.position)),
        speeches=_speeches(item, words),
        amendments=_lines(item, words, "amendments", SpeechKind.AMENDMENT, edition),
        way=item.ballot.way if item.ballot else "",
        counted=counted,
        result=_result(item, item.ballot),
        dissent=_lines(item, words, "dissent", SpeechKind.DISSENT, edition),
        promises=tuple(_promise(duty) for duty in item.duties if duty.purpose != "refine"),
        refinements=tuple(_refinement(duty.promise) for duty in item.duties if duty.purpose == "refine"),
    )


def _result(item: Item, ballot: Ballot | None) -> str:
    lines = list(item.result)
    if lines and ballot and ballot.counted is None:
        lines[0] = text("minutes.result_way", result=lines[0], way=ballot.way)
    return "\n".join(lines)


def _speeches(item: Item, words: Words) -> tuple[Speech, ...]:
    noted = [_speech(one) for one in item.spoken if one.kind in _SPEECHES]
    written = [
        Speech(Person(text("minutes.summary"), Standing.OFFICIAL), "", line)
        for line in words.lines("speeches", item.position)
    ]
    return tuple(written if words.sets("speeches", item.position) else [*noted, *written])


def _speech(one: Spoken) -> Speech:
    stance = "" if one.kind is SpeechKind.REMARK else term("speech_kind", one.kind)
    return Speech(one.speaker, stance, one.words)


def _lines(item: Item, words: Words, field: str, kind: SpeechKind, edition: Edition) -> tuple[str, ...]:
    noted = [_noted(one, edition) for one in item.spoken if one.kind is kind]
    written = words.lines(field, item.position)
    return tuple(written if words.sets(field, item.position) else (*noted, *written))


def _noted(one: Spoken, edition: Edition) -> str:
    if edition is Edition.PUBLIC:
        return one.words
    return text("minutes.said_by", name=one.speaker.name, words=one.words)


def _promise(duty: Duty) -> Promise:
    if duty.purpose != "condition":
        return duty.promise
    content = text("minutes.condition", content=duty.promise.content)
    return Promise(content, duty.promise.owner, duty.promise.due, duty.promise.funding)


def _refinement(promise: Promise) -> Refinement:
    return Refinement(promise.content, promise.owner, promise.due)
