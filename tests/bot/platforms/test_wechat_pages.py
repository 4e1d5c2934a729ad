"""What leads to a page of ours: a card that opens it in WeCom, a line where an account cannot send the file."""

import pytest

from bot.platforms.wechat_oa_render import texts
from bot.platforms.wecom_app_render import Message, Part, say
from storage.messages import Address, Button, Card, File, FileKind, Made
from tests.bot.platforms.wecom_app_world import REPS, ROWS, ZHANG

PAGES = "https://yishi.example.org/p/"
PAGE = f"{PAGES}K7M2QX9A"
POSTED = Card(f"📄 关于更换电梯的公示\n桂社公示〔2026〕3号\n核对：{PAGE}")
DOCX = File(FileKind.DOCUMENT, "made:paper:7:public", "公示3号.docx")


def shown(card: Card, to: Address = ZHANG, pages: str = PAGES) -> list[Part]:
    return say(to, card, (), "task", pages)


def kinds(card: Card, to: Address = ZHANG, pages: str = PAGES) -> list[str]:
    return [part.kind for part in shown(card, to, pages) if isinstance(part, Message)]


def test_a_paper_that_has_a_page_is_a_card_that_opens_it() -> None:
    (message,) = shown(POSTED)
    assert isinstance(message, Message)
    assert (message.kind, message.shown) == ("textcard", "")
    assert message.content == {
        "title": "📄 关于更换电梯的公示",
        "description": "桂社公示〔2026〕3号",
        "url": PAGE,
        "btntxt": "打开",
    }


def test_what_people_wrote_is_no_markup_of_the_card() -> None:
    (message,) = shown(Card(f"公示<b>\n<div class='gray'>甲\n{PAGE}"))
    assert isinstance(message, Message)
    assert message.content["title"] == "公示＜b>"
    assert message.content["description"] == "＜div class='gray'>甲"


@pytest.mark.parametrize(
    "card",
    [
        Card("明晚19:00开会\n议事厅"),
        Card(f"{PAGE}\n公示"),
        Card(f"公示\n{PAGE}"),
        Card(f"公示\n甲 {PAGE}\n乙 {PAGES}ZZZZ2222"),
        Card(f"公示\n3号\n{PAGE.replace('example.org', 'example.com')}"),
        Card("公示\n3号\nhttps://yishi.example.org/calendar/abc.ics"),
        Card(f"{'长' * 50}\n3号\n{PAGE}"),
        Card(f"公示\n{'长' * 200}\n{PAGE}"),
    ],
    ids=["no link", "title", "no words", "two", "another house", "a calendar", "long title", "long text"],
)
def test_what_a_card_would_not_hold_whole_stays_words(card: Card) -> None:
    assert kinds(card) == ["text"]
    (message,) = shown(card)
    assert isinstance(message, Message)
    assert message.content == {"content": card.text}


def test_what_asks_for_something_and_what_a_group_is_told_is_shown_as_before() -> None:
    assert kinds(Card(POSTED.text, ROWS)) == ["text", "template_card"]
    assert kinds(Card(POSTED.text, ((Button("公开", "office.publish:1"),),))) == ["template_card"]
    assert kinds(POSTED, REPS) == ["text"]
    assert kinds(POSTED, pages="") == ["text"]


@pytest.mark.parametrize(
    ("words", "page", "said"),
    [
        (POSTED.text, PAGE, "请打开上面的网址看"),
        ("会议记录做好了", PAGE, f"请打开 {PAGE} 核对"),
        ("会议记录做好了", "", "请在企业微信里找我"),
    ],
)
def test_an_account_cannot_send_files_and_says_where_they_are(words: str, page: str, said: str) -> None:
    paper = Made(DOCX.kind, DOCX.ref, DOCX.name, b"PK", page)
    (told,) = texts(Card(words, files=(DOCX,)), (paper,))
    assert said in told
    assert "“公示3号.docx”是文件，公众号里发不了" in told
    assert told.count(PAGE) == (1 if page else 0)


def test_a_picture_the_house_made_is_sent_and_not_spoken_of() -> None:
    picture = Made(FileKind.PHOTO, "made:picture:7:public", "公示3号.png", b"PNG", PAGE)
    files = (DOCX, File(picture.kind, picture.ref, picture.name))
    (told,) = texts(
        Card(POSTED.text, files=files), (Made(DOCX.kind, DOCX.ref, DOCX.name, b"PK", PAGE), picture)
    )
    assert "公示3号.png" not in told
    assert "公示3号.docx" in told
