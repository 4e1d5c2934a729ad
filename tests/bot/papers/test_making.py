"""Files made at sending: the same again on every try, and a word where there is none to be had."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.papers import making, picture
from bot.platforms.base import TryLater, Unavailable
from storage.messages import Act, Card, File, FileKind, Made, Outgoing, Urgency
from storage.outbox import Letter
from tests.bot.papers.opened import lines
from tests.stories.gatherings import called
from tests.stories.papers import house, made
from tests.world import World

OFFICE = "两委群"
INVITE = File(FileKind.DOCUMENT, "made:meeting:1", "会1.ics")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = house(tmp_path)
    yield opened
    opened.close()


def fulfil(world: World, *files: File) -> tuple[Card, tuple[Made, ...]]:
    return world.run(world.app.post.make(Card("看附件", files=files)))


def event(content: bytes) -> Any:
    vobject = pytest.importorskip("vobject", reason="the independent reader of calendars is not installed")
    return vobject.readOne(content.decode()).vevent


def test_a_meeting_comes_as_an_entry_that_moves_with_it(world: World) -> None:
    secretary = called(world)
    _, (first,) = fulfil(world, INVITE)
    assert first.name == "会1.ics"
    assert "居民代表会议" in event(first.content).summary.value
    assert "更换电梯" in event(first.content).description.value
    secretary.says("改期 会1 11月20日19:00", to=OFFICE)
    _, (moved,) = fulfil(world, INVITE)
    assert event(moved.content).uid.value == event(first.content).uid.value
    assert int(event(moved.content).sequence.value) > int(event(first.content).sequence.value)
    assert event(moved.content).dtstart.value.day == 20
    assert fulfil(world, INVITE)[1] == (moved,)
    secretary.says("取消 会1 场地没了", to=OFFICE)
    _, (gone,) = fulfil(world, INVITE)
    assert event(gone.content).status.value == "CANCELLED"


@pytest.mark.parametrize(
    "ref",
    [
        "made:paper:99",
        "made:paper:0x1",
        "made:paper:",
        "made:paper:99999999999999999999999",
        "made:meeting:9:public",
        "made:nothing:1",
        "made:",
        "made:paper:1:secret",
    ],
)
def test_what_is_not_there_is_said_in_the_text_and_the_rest_still_comes(world: World, ref: str) -> None:
    called(world)
    lost = File(FileKind.DOCUMENT, ref, "附件.docx")
    card, (kept,) = fulfil(world, lost, INVITE)
    assert kept.ref == INVITE.ref
    assert card.files == (INVITE,)
    assert card.text == "看附件\n（附件没能生成：附件.docx。请再要一次，或告诉社区。）"


def test_files_of_platforms_are_left_as_they_are(world: World) -> None:
    theirs = File(FileKind.PHOTO, "telegram:AgAC", "")
    assert fulfil(world, theirs) == (Card("看附件", files=(theirs,)), ())


def test_a_machine_without_chinese_letters_sends_the_document_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "find_font", lambda: None)
    secretary = called(world)
    secretary.says("出文 会议通知 会1 图片", to=OFFICE)
    (file,) = made(world, OFFICE)
    assert file.kind is FileKind.DOCUMENT
    assert file.name == "文书1 会议通知.docx"
    assert any("通知" in line for line in lines(file.content))
    world.group("公示群")
    secretary.says("公开文书 1", to=OFFICE)
    secretary.presses("公开", on=OFFICE)
    assert [one.kind for one in made(world, "公示群")].count(FileKind.DOCUMENT) >= 1
    (shown,) = [one for one in world.shown("公示群") if one.made]
    assert len(shown.card.files) == 1
    assert "没能生成" not in shown.card.text


def test_a_picture_comes_where_there_are_chinese_letters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "picture", lambda paper: b"\x89PNG" + paper.title.encode())
    secretary = called(world)
    secretary.says("出文 会议通知 会1 图片", to=OFFICE)
    (file,) = made(world, OFFICE)
    assert file.kind is FileKind.PHOTO
    assert file.content.startswith(b"\x89PNG")


def test_an_interrupted_letter_brings_the_same_bytes_again(world: World) -> None:
    secretary = called(world)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    (first,) = made(world, OFFICE)
    world.consoles["console"].faults.append(TryLater(timedelta(seconds=5)))
    secretary.says("文书 1", to=OFFICE)
    assert len(made(world, OFFICE)) == 1
    world.later(minutes=1)
    assert [one.content for one in made(world, OFFICE)] == [first.content] * 2


def test_a_disk_that_cannot_be_read_now_lets_the_letter_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> None:
        raise OperationalError("SELECT", None, Exception("database is locked"))

    monkeypatch.setitem(making._SOURCES, "meeting", busy)
    with pytest.raises(Unavailable):
        fulfil(world, INVITE)


def test_a_fault_of_ours_costs_the_file_and_not_the_letter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(making._SOURCES, "meeting", broken)
    card, found = fulfil(world, INVITE)
    assert found == ()
    assert "没能生成：会1.ics" in card.text


def test_a_code_is_drawn_of_the_words_behind_it(world: World) -> None:
    _, (code,) = fulfil(world, File(FileKind.PHOTO, "made:qr:签到 4821", "签到码.png"))
    assert code.content.startswith(b"\x89PNG")
    assert code.kind is FileKind.PHOTO


def test_an_edit_makes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Card] = []

    async def make(card: Card) -> tuple[Card, tuple[Made, ...]]:
        asked.append(card)
        return card, ()

    monkeypatch.setattr(world.app.post, "make", make)
    letter = Letter(Act.EDIT, world.where(called(world)), Card("改了", files=(INVITE,)), Urgency.COUNTER)
    outgoing = world.run(world.app.post._outgoing(letter))  # type: ignore[arg-type]
    assert isinstance(outgoing, Outgoing)
    assert not [card for card in asked if card.text == "改了"]


def test_a_kept_paper_says_on_which_page_it_is_looked_at(tmp_path: Path, world: World) -> None:
    called(world).says("出文 会议通知 会1", to=OFFICE)
    ((code,),) = world.rows("SELECT code FROM papers")
    paper = File(FileKind.DOCUMENT, "made:paper:1", "通知.docx")
    _, (document, invite) = fulfil(world, paper, INVITE)
    assert document.page == f"{world.app.settings.public_url}/p/{code}"
    assert document.page.startswith("https://")
    assert invite.page == ""
    (tmp_path / "nowhere").mkdir()
    nowhere = house(tmp_path / "nowhere", public_url="")
    called(nowhere).says("出文 会议通知 会1", to=OFFICE)
    _, (alone,) = fulfil(nowhere, paper)
    assert alone.page == ""
    nowhere.close()
