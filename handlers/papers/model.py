"""A paper as data: what stands on it, in order, with nothing of how it looks."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias


class PaperKind(StrEnum):
    """The nine papers an office prints."""

    INVITATION = "invitation"
    SIGN_IN = "sign_in"
    MINUTES = "minutes"
    RESOLUTION = "resolution"
    BALLOT = "ballot"
    COUNT_SHEET = "count_sheet"
    NOTICE = "notice"
    RESULT_NOTICE = "result_notice"
    LETTER = "letter"


class Edition(StrEnum):
    """FULL goes into the archive; PUBLIC is generated from the same facts with people masked."""

    FULL = "full"
    PUBLIC = "public"


class Authorship(StrEnum):
    """Who drafted the words; what a machine drafted says so on the paper (人工智能生成合成内容标识办法, 2025-09-01)."""

    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a part."""

    words: str
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running words; a line break begins a new paragraph."""

    words: str
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Field:
    """A printed label and what stands behind it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, one below the other."""

    rows: tuple[Field, ...]
    block: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; `widths` are shares of the line in any unit. Raises ValueError where a row is uneven."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    block: Literal["table"] = "table"

    def __post_init__(self) -> None:
        columns = len(self.headers)
        if not columns or len(self.widths) != columns or any(len(row) != columns for row in self.rows):
            raise ValueError("every row of a table has as many cells as it has headers and widths")
        if min(self.widths) <= 0:
            raise ValueError("a column has a width")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Boxes to tick with a pen: label □ first □ second."""

    label: str
    options: tuple[str, ...]
    block: Literal["checks"] = "checks"


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to be signed by hand, each behind its label."""

    labels: tuple[str, ...]
    block: Literal["signatures"] = "signatures"


@dataclass(frozen=True, slots=True)
class Note:
    """Words a person wrote, marked as such with who wrote them; everything else comes from recorded facts."""

    words: str
    by: str
    block: Literal["note"] = "note"


Block: TypeAlias = Heading | Paragraph | Fields | Table | CheckRow | SignatureLines | Note


@dataclass(frozen=True, slots=True)
class Period:
    """The days a paper is about, both included; raises ValueError where the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, as it was approved and as it is printed.

    `number` is the 文号, `issuer` and `dated` the 落款, `made_at` when it was assembled (aware), `check_url` where
    anybody can check it, `code` a ballot's 投票码 (else empty).
    """

    kind: PaperKind
    edition: Edition
    number: str
    title: str
    addressed_to: str
    period: Period
    blocks: tuple[Block, ...]
    signatures: tuple[Field, ...]
    issuer: str
    dated: date
    made_at: datetime
    check_url: str
    authorship: Authorship
    code: str = ""
