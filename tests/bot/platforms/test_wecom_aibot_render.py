"""What a card becomes in WeCom, and that nobody's words are taken for markup."""

import pytest

from bot.platforms.base import Rejected
from bot.platforms.splitting import size
from bot.platforms.wecom_aibot_plain import plain
from bot.platforms.wecom_aibot_render import CONTENT_BYTES, render
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from bot.platforms.wecom_cards import CardKind, kind_of, template
from storage.messages import Act, Address, Button, Card, File, FileKind, Location, Made, Outgoing

GROUP, ALONE = Address(PLATFORM, "wrCHAT"), Address(PLATFORM, f"{SINGLE}lisi")
YES, NO = Button("赞成", "poll.cast:7:yes"), Button("反对", "poll.cast:7:no")


def say(card: Card, chat: Address = GROUP) -> Outgoing:
    return Outgoing(Act.SAY, chat, card)


def buttons(count: int, stem: str = "pick:{0}:x") -> Card:
    return Card("选一个", (tuple(Button(f"第{n}个", stem.format(n)) for n in range(count)),))


@pytest.mark.parametrize(
    ("card", "kind"),
    [
        (Card("好"), CardKind.WORDS),
        (Card("表决", ((YES, NO),)), CardKind.POLL),
        (Card("一个", ((YES,),)), CardKind.BUTTONS),
        (buttons(6), CardKind.BUTTONS),
        (buttons(7), CardKind.POLL),
        (buttons(20, "one:{0}"), CardKind.POLL),
        (buttons(21), CardKind.WORDS),
        (Card("坏", ((Button("中文", "选"),),)), CardKind.WORDS),
        (Card("重", ((YES, YES),)), CardKind.WORDS),
        (Card("长", ((Button("长", "x" * 61),),)), CardKind.WORDS),
    ],
)
def test_number_and_kind_of_the_buttons_choose_the_card(card: Card, kind: CardKind) -> None:
    assert kind_of(card) is kind


def test_two_or_three_questions_are_selectors_that_choose_nothing_by_themselves() -> None:
    rows = tuple(tuple(Button(f"{k}{n}", f"{k}:12:{n}") for n in range(9)) for k in "abc")
    card = Card("标记", rows)
    assert kind_of(card) is CardKind.SELECTORS
    lists = template(card, CardKind.SELECTORS, "y1")["select_list"]
    assert isinstance(lists, list)
    assert len(lists) == 3
    for one in lists:
        assert isinstance(one, dict)
        options = one["option_list"]
        assert isinstance(options, list)
        assert one["selected_id"] == "keep"
        assert len(options) == 10


def test_a_short_card_is_one_message_and_a_long_one_has_its_words_before_it() -> None:
    short = render(say(Card("是否同意\n每户一票", ((YES, NO),))))
    assert (short.texts, short.count) == ((), 1)
    motion = "议案全文：" + "很长的条款，" * 10
    long = render(say(Card(f"是否同意\n{motion}", ((YES, NO),))))
    assert long.texts == (f"是否同意\n{motion}",)
    assert long.count == 2
    assert long.card is not None
    assert long.card["main_title"] == {"title": "是否同意", "desc": "全文见上一条消息"}


def test_labels_too_long_for_a_card_stand_in_full_before_it_under_their_numbers() -> None:
    long = "同意由物业公司垫付后从公共收益中扣除"
    telling = render(say(Card("怎么办", ((Button(long, "p:1:a"), Button("不同意", "p:1:b")),))))
    assert telling.texts == (f"怎么办\n1、{long}\n2、不同意",)
    assert telling.card is not None
    box = telling.card["checkbox"]
    assert isinstance(box, dict)
    options = box["option_list"]
    assert isinstance(options, list)
    labels = [option["text"] for option in options if isinstance(option, dict)]
    assert labels == ["1 同意由物业公司垫…", "2 不同意"]
    assert all(len(str(label)) <= 11 for label in labels)


def test_more_buttons_than_any_card_holds_are_numbered_lines() -> None:
    (words,) = render(say(buttons(21))).texts
    assert words.splitlines()[1:3] == ["1、第0个", "2、第1个"]
    assert "引用本条" in words
    assert "引用" not in render(say(buttons(21), ALONE)).texts[0]


def test_every_task_id_is_new() -> None:
    tasks = {render(say(Card("表决", ((YES, NO),)))).message_id for _ in range(1000)}
    assert len(tasks) == 1000
    assert all(task.isascii() and task.isalnum() and len(task) <= 128 for task in tasks)


def test_a_long_text_is_cut_by_bytes() -> None:
    telling = render(say(Card("第一条，应当公示。\n" * 2000)))
    assert len(telling.texts) == 3
    assert all(size(piece) <= CONTENT_BYTES for piece in telling.texts)


def test_files_and_places_that_cannot_be_shown_are_mentioned() -> None:
    picture = File(FileKind.PHOTO, "telegram:abc")
    card = Card("看", (), (picture, File(FileKind.DOCUMENT, "x:y", "方案.pdf")), Location("30.1", "120.2"))
    (words,) = render(say(card)).texts
    assert words == (
        "看\n位置：北纬 30.1，东经 120.2\n另有附件 2 份（照片、方案.pdf），这里看不到，请到原来的会话里看。"
    )


def test_a_file_the_house_has_made_is_sent() -> None:
    made = Made(FileKind.DOCUMENT, "made:notice:1", "公示.docx", b"PK")
    card = Card("公示", (), (File(FileKind.DOCUMENT, "made:notice:1", "公示.docx"),))
    telling = render(Outgoing(Act.SAY, GROUP, card, made=(made,)))
    assert telling.files == (made,)
    assert telling.texts == ("公示",)


def test_nothing_is_not_said() -> None:
    with pytest.raises(Rejected):
        render(say(Card(" \n")))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("138****1234 和 139****5678", "138＊＊＊＊1234 和 139＊＊＊＊5678"),
        ("[点我](http://evil.example)", "[点我］(http://evil.example)"),
        ("<@all> <font color='red'>", "＜@all> ＜font color='red'>"),
        ("# 标题\n## 二", "＃ 标题\n＃＃ 二"),
        ("#报事 灯坏了 #12", "#报事 灯坏了 #12"),
        ("> 引\n3. 第三\n5) 第五", "＞ 引\n3． 第三\n5． 第五"),
        ("---\n`码` | 表 ~~删~~ \\*", "———\n｀码｀ ｜ 表 ～～删～～ ＼＊"),
        ("https://a.example/n_1?x=a_b*c 看_这_里", "https://a.example/n_1?x=a_b*c 看＿这＿里"),
        ("    缩进", "　　缩进"),
    ],
)
def test_words_stay_words(written: str, shown: str) -> None:
    assert plain(written) == shown
