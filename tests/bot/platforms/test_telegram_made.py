"""Files the house has made are uploaded; what could not be made or is refused is told in words."""

import pytest

from storage.messages import Act, Card, File, FileKind, Made, Outgoing, Urgency
from tests.bot.platforms.cards import GROUP, PAPER, ROWS
from tests.fakes import FakeBotApi

pytestmark = pytest.mark.anyio
NOTICE = File(FileKind.DOCUMENT, "made:paper:7:public", "文书7 会议通知.docx")
SIGHT = File(FileKind.PHOTO, "made:picture:7:public", "文书7 会议通知.png")
BYTES = bytes(range(256)) * 40


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


def say(card: Card, *made: Made) -> Outgoing:
    return Outgoing(Act.SAY, GROUP, card, made=made)


def made(file: File) -> Made:
    return Made(file.kind, file.ref, file.name, BYTES)


async def test_a_made_file_is_uploaded_under_its_name_with_the_text_below_it(api: FakeBotApi) -> None:
    await api.telegram().perform(say(Card("📄 会议通知", ROWS, (NOTICE,)), made(NOTICE)), Urgency.ANSWER)
    (call,) = api.sent("sendDocument")
    assert call["document"] == ("文书7 会议通知.docx", BYTES)
    assert call["caption"] == "📄 会议通知"
    assert call["reply_markup"]["inline_keyboard"]


async def test_a_picture_and_a_document_go_one_after_the_other_and_then_the_text(api: FakeBotApi) -> None:
    card = Card("📄 会议通知", ROWS, (NOTICE, SIGHT))
    await api.telegram().perform(say(card, made(NOTICE), made(SIGHT)), Urgency.ANSWER)
    assert [name for name, _ in api.calls] == ["sendPhoto", "sendDocument", "sendMessage"]
    assert api.sent("sendPhoto")[0]["photo"][1] == BYTES


async def test_made_and_sent_before_share_an_album(api: FakeBotApi) -> None:
    await api.telegram().perform(say(Card("两份", (), (NOTICE, PAPER)), made(NOTICE)), Urgency.ANSWER)
    (call,) = api.sent("sendMediaGroup")
    assert [item["type"] for item in call["media"]] == ["document", "document"]
    assert call["media"][1]["media"] == "AgACdocument"
    assert any(value == ("文书7 会议通知.docx", BYTES) for value in call.values())


async def test_what_was_not_made_is_named(api: FakeBotApi) -> None:
    await api.telegram().perform(say(Card("看附件", (), (NOTICE,))), Urgency.ANSWER)
    (call,) = api.sent("sendMessage")
    assert "文书7 会议通知.docx" in call["text"]


async def test_a_file_telegram_refuses_is_told_of_in_words_and_nothing_is_lost(api: FakeBotApi) -> None:
    api.fail("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    await api.telegram().perform(say(Card("看图", ROWS, (SIGHT,)), made(SIGHT)), Urgency.ANSWER)
    (call,) = api.sent("sendMessage")
    assert call["text"].startswith("看图")
    assert "文书7 会议通知.png" in call["text"]
    assert call["reply_markup"]["inline_keyboard"]


async def test_an_edit_of_a_card_with_a_made_file_changes_what_stands_below_it(api: FakeBotApi) -> None:
    await api.telegram().perform(
        Outgoing(Act.EDIT, GROUP, Card("已公开", (), (NOTICE,)), "30"), Urgency.COUNTER
    )
    (call,) = api.sent("editMessageCaption")
    assert call["caption"] == "已公开"
