"""What a version looks like in a chat."""

from handlers.labels import label
from handlers.papers.kept_minutes import KeptMinutes, parse_minutes
from handlers.papers.lines import as_text
from handlers.routes import press
from handlers.texts import term, text
from handlers.work import Work
from storage.messages import Button, Card, File, FileKind, Pressed, Urgency
from storage.records import Meeting, Minutes, MinutesState


def version_card(meeting: Meeting, version: Minutes) -> Card:
    """A version for whoever keeps the minutes: what is missing, what comes next, then every line, and the file."""
    kept = parse_minutes(version.body)
    head = [heading(meeting, version)]
    if kept.gaps:
        head.append(text("minutes.gaps", gaps=kept.gaps, meeting=label("meeting", meeting)))
    return Card("\n".join([*head, *as_text(kept.full)]), _rows(version, kept), (file_of(meeting, version),))


def plain_card(meeting: Meeting, version: Minutes) -> Card:
    """A version to read: nothing to press."""
    kept = parse_minutes(version.body)
    lines = [heading(meeting, version), *as_text(kept.full)]
    return Card("\n".join(lines), (), (file_of(meeting, version),))


def heading(meeting: Meeting, version: Minutes) -> str:
    """会3 纪要第2稿（草稿）."""
    return text(
        "minutes.heading",
        meeting=label("meeting", meeting),
        version=version.version,
        state=term("minutes_state", version.state),
    )


def file_of(meeting: Meeting, version: Minutes) -> File:
    """The version as a file, made when it is sent."""
    name = text("minutes.file", meeting=label("meeting", meeting), version=version.version)
    return File(FileKind.DOCUMENT, f"made:minutes:{version.id}", f"{name}.docx")


def tell_here(work: Work, card: Card) -> None:
    """Answer with a message even to a press, whose own window has no room for much text and none for a file."""
    if isinstance(work.event.content, Pressed):
        work.say(work.event.chat, card, urgency=Urgency.ANSWER)
    else:
        work.answer(card)


def _rows(version: Minutes, kept: KeptMinutes) -> tuple[tuple[Button, ...], ...]:
    """The one thing to do next."""
    if version.state is MinutesState.PUBLISHED or (kept.gaps and version.state is not MinutesState.APPROVED):
        return ()
    if version.state is MinutesState.APPROVED:
        shown = Button(text("minutes.publish_button"), press("minutes.preview", version.id))
        return () if kept.public is None else ((shown,),)
    if version.state is MinutesState.DRAFT and kept.promises:
        return ((Button(text("minutes.read_back_button"), press("minutes.read_back", version.id)),),)
    return ((Button(text("minutes.approve_button"), press("minutes.approve", version.id)),),)
