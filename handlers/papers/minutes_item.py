"""One item of the minutes: what was told, said, voted, held against it and promised."""

from handlers.papers.assembling import fields, promises, said
from handlers.papers.counted import counts_table
from handlers.papers.face import Face
from handlers.papers.facts import Counted, MinutesItem
from handlers.papers.model import Block, Edition, Heading, Paragraph, Table
from handlers.papers.required import label
from handlers.papers.wording import long_day, numbered
from handlers.texts import text


def item_blocks(face: Face, index: int, item: MinutesItem) -> list[Block]:
    """The blocks of an item; speeches with their speakers only in the full record."""
    blocks: list[Block] = [
        Heading(text("papers.item", index=index, title=face.words(item.title))),
        fields(("introduction", face.words(item.introduction))),
    ]
    if face.edition is Edition.FULL and item.speeches:
        blocks += [Paragraph(label("speeches")), _speeches(face, item)]
    blocks.append(fields(("amendments", _lines(face, item.amendments))))
    if item.counted:
        blocks += _vote(face, item.way, item.counted)
    dissent = _lines(face, item.dissent) or text("papers.none")
    blocks.append(fields(("result", face.words(item.result)), ("dissent", dissent)))
    tables = (promises(face, "promise", item.promises), _refinements(face, item))
    return [*blocks, *(table for table in tables if table)]


def _lines(face: Face, lines: tuple[str, ...]) -> str:
    kept = said(face, lines)
    return numbered(kept) if kept else ""


def _speeches(face: Face, item: MinutesItem) -> Table:
    headers = (label("speaker"), label("stance"), label("summary"))
    rows = tuple(
        (face.person(speech.speaker), face.words(speech.stance), face.words(speech.words))
        for speech in item.speeches
    )
    return Table(headers, rows, (4, 3, 13))


def _vote(face: Face, way: str, found: Counted) -> list[Block]:
    told = fields(
        ("vote_way", face.words(way)),
        ("rule", face.words("\n".join(found.rule))),
        ("arithmetic", "\n".join(found.arithmetic)),
        ("outcome", face.words(found.outcome)),
    )
    return [counts_table(found), told]


def _refinements(face: Face, item: MinutesItem) -> Table | None:
    if not item.refinements:
        return None
    headers = (label("refine"), label("owner"), label("due"))
    rows = tuple(
        (
            face.words(one.content),
            face.person(one.owner),
            long_day(one.due) if one.due else text("papers.none"),
        )
        for one in item.refinements
    )
    return Table(headers, rows, (10, 5, 5))
