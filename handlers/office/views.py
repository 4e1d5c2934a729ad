"""What papers look like in the chat."""

from collections.abc import Sequence

from handlers.moments import day, moment
from handlers.office.asking import Form
from handlers.office.finding import Found, Standing, standing_of
from handlers.papers.lines import what_is_public
from handlers.papers.model import Edition, Paper, PaperKind
from handlers.papers.stored import Filed, parse_filed
from handlers.papers.wording import kind_name
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.shelf import docx_of, picture_of
from handlers.shelf.filing import number_of
from handlers.texts import text
from handlers.work import Work
from storage import members, units
from storage.messages import Button, Card, File
from storage.records import StoredPaper


async def made_card(work: Work, stored: StoredPaper, form: Form) -> Card:
    """A paper that was just made, with what can be done next."""
    filed = parse_filed(stored.body)
    count = len(filed.papers)
    lines = [
        text("office.made", paper=_name(stored), number=await _number(work, stored), title=stored.title),
        text("office.stack", count=count) if count > 1 else "",
        text("office.corrected_made", version=stored.version) if stored.version > 1 else "",
        text("office.next_public", number=stored.number) if filed.public else text("office.inside"),
    ]
    return Card("\n".join(filter(None, lines)), files=_files(stored, form))


async def shown_card(work: Work, stored: StoredPaper, form: Form) -> Card:
    """A paper that is looked at again: how it stands, who let it be public, its versions."""
    found = await standing_of(work.tx, stored)
    lines = [
        text("office.made", paper=_name(stored), number=await _number(work, stored), title=stored.title),
        text("office.made_at", when=moment(stored.made_at, work.settings.zone), version=stored.version),
        text("office.code", code=stored.code),
        await _approved(work, stored),
        standing_line(found),
    ]
    return Card("\n".join(filter(None, lines)), files=_files(stored, form))


def standing_line(found: Found) -> str:
    """That a paper was withdrawn, and why; nothing for one that holds."""
    if found.standing is Standing.WITHDRAWN:
        return text("office.withdrawn", reason=found.reason)
    return text("office.corrected") if found.standing is Standing.CORRECTED else ""


def listed(work: Work, found: Sequence[StoredPaper]) -> str:
    """Papers as a list."""
    if not found:
        return text("office.list_none")
    zone = work.settings.zone
    lines = [
        text(
            "office.list_line",
            number=one.number,
            title=one.title,
            day=day(one.made_at, zone),
            version=text("office.list_version", version=one.version) if one.version > 1 else "",
            public=text("office.list_public") if one.approved_at else "",
        )
        for one in found
    ]
    return "\n".join([text("office.list_head"), *lines, text("office.list_foot")])


def public_of(stored: StoredPaper) -> Paper:
    """The public edition. Refusal for what never is public."""
    paper = parse_filed(stored.body).public
    if paper is None:
        raise Refusal("office.never_public", number=stored.number, paper=_name(stored))
    return paper


def preview_card(stored: StoredPaper, places: int) -> Card:
    """Every line that everybody will be able to read, for whoever lets it be public."""
    lines = "\n".join(what_is_public(public_of(stored)))
    shown = text("office.preview", number=stored.number, places=places, lines=lines)
    buttons = (
        Button(text("office.publish_button"), press("office.publish", stored.id)),
        Button(text("office.keep_button"), press("office.keep", stored.id)),
    )
    return Card(shown, (buttons,), (docx_of(stored, Edition.PUBLIC),))


def public_card(stored: StoredPaper, filed: Filed) -> Card:
    """A paper as it is posted: what it is, where it can be checked, and the paper itself twice."""
    paper = public_of(stored)
    told = text("office.posted", title=paper.title, number=paper.number, check=paper.check_url)
    again = text("office.posted_again") if filed.reason else ""
    files = (docx_of(stored, Edition.PUBLIC), picture_of(stored, Edition.PUBLIC))
    return Card("\n".join(filter(None, (told, again))), files=files)


async def _approved(work: Work, stored: StoredPaper) -> str:
    if stored.approved_at is None:
        return text("office.not_public_yet") if parse_filed(stored.body).public else ""
    by = (
        (await members.get(work.tx, stored.approved_by)).name
        if stored.approved_by
        else text("papers.a_person")
    )
    return text("office.approved", name=by, when=moment(stored.approved_at, work.settings.zone))


async def _number(work: Work, stored: StoredPaper) -> str:
    community = await units.get(work.tx, stored.community_id)
    return number_of(community, stored.year, stored.number, stored.version)


def _name(stored: StoredPaper) -> str:
    return kind_name(PaperKind(stored.kind), Edition.FULL)


def _files(stored: StoredPaper, form: Form) -> tuple[File, ...]:
    return (picture_of(stored),) if form is Form.PICTURE else (docx_of(stored),)
