"""What a card becomes on the wire."""

import pytest

from bot.platforms.base import Rejected
from bot.platforms.telegram_calls import (
    Body,
    Change,
    Remove,
    SayAlbum,
    SayFile,
    SayPlace,
    SayText,
    Target,
    TellPresser,
)
from bot.platforms.telegram_decode import Me, decode
from bot.platforms.telegram_render import in_words, render
from storage.messages import Address, Button, Card, Inbound, Pressed
from tests.bot.platforms.cards import (
    FOREIGN,
    HOSTILE,
    PHOTO,
    PLACE,
    ROWS,
    SHAPES,
    TOPIC,
    answer,
    edit,
    retract,
    say,
)
from tests.bot.platforms.updates import an_update
from tests.fakes import NOW

TARGET = Target(-1001234567890)


def test_a_plain_card_is_one_message_word_for_word() -> None:
    assert render(say(Card(HOSTILE))) == (SayText(TARGET, HOSTILE),)


def test_a_topic_and_a_reply_go_to_their_place() -> None:
    assert render(say(Card("收到"), TOPIC, "21")) == (SayText(Target(-1009876543210, 7, 21), "收到"),)


def test_a_button_comes_back_as_the_press_it_stood_for() -> None:
    (call,) = render(say(Card("表决", ROWS)))
    assert isinstance(call, SayText)
    assert call.keyboard is not None
    assert [[button.text for button in row] for row in call.keyboard.inline_keyboard] == [
        ["赞成", "反对"],
        ["弃权"],
    ]
    query = an_update("press")
    query["callback_query"]["data"] = call.keyboard.inline_keyboard[0][1].callback_data
    event = decode(query, Me(666, "yishi_bot"), NOW)
    assert isinstance(event, Inbound)
    assert isinstance(event.content, Pressed)
    assert event.content.press == "ballot:7:no"


@pytest.mark.parametrize("name", [name for name, outgoing in SHAPES.items() if outgoing.card.rows])
def test_buttons_stand_under_the_last_message_alone(name: str) -> None:
    *before, last = render(SHAPES[name])
    assert not isinstance(last, SayAlbum | Remove | TellPresser)
    assert last.keyboard is not None
    assert not any(getattr(call, "keyboard", None) for call in before)


def test_a_long_text_is_several_messages_that_together_say_it_all() -> None:
    calls = render(SHAPES["5,000 characters"])
    texts = [call.text for call in calls if isinstance(call, SayText)]
    assert len(texts) == len(calls) == 2
    assert "".join(texts).replace("\n", "") == "第一条" * 1250


def test_one_file_and_a_short_text_are_one_message() -> None:
    (call,) = render(say(Card("漏水", ROWS, (PHOTO,))))
    assert call == SayFile(TARGET, PHOTO, "漏水", call.keyboard if isinstance(call, SayFile) else None)


def test_several_files_go_before_the_text_in_as_few_albums_as_telegram_allows() -> None:
    calls = render(SHAPES["files of every kind"])
    assert [type(call) for call in calls] == [SayAlbum, SayAlbum, SayFile, SayText]
    assert [len(call.files) for call in calls if isinstance(call, SayAlbum)] == [2, 2]


def test_an_eleventh_photo_stands_alone() -> None:
    assert [type(call) for call in render(SHAPES["eleven photos"])] == [SayAlbum, SayFile, SayText]


def test_a_place_goes_before_the_text() -> None:
    calls = render(say(Card("在这里", (), (), PLACE)))
    assert calls == (SayPlace(TARGET, "31.230416", "121.473701"), SayText(TARGET, "在这里"))


def test_a_file_that_lies_elsewhere_is_mentioned() -> None:
    (call,) = render(say(Card("材料", (), (FOREIGN,))))
    assert isinstance(call, SayText)
    assert call.text.startswith("材料\n")
    assert "报价单.xlsx" in call.text
    assert FOREIGN.ref not in call.text


def test_in_words_nothing_hangs_on_a_card_and_all_of_it_is_mentioned() -> None:
    plain = in_words(say(Card("漏水", ROWS, (PHOTO, FOREIGN), PLACE))).card
    assert (plain.files, plain.location, plain.rows) == ((), None, ROWS)
    assert all(
        word in plain.text for word in ("漏水", "照片、报价单.xlsx", "2 份", "31.230416", "121.473701")
    )


def test_an_edit_shows_the_text_or_the_caption() -> None:
    assert render(edit(Card("已受理"))) == (Change(TARGET, 30, "已受理", Body.TEXT),)
    assert render(edit(Card("已受理", (), (PHOTO,)))) == (Change(TARGET, 30, "已受理", Body.CAPTION),)


def test_a_retraction_names_the_message() -> None:
    assert render(retract()) == (Remove(TARGET, 30),)


def test_an_answer_is_cut_to_what_an_alert_holds() -> None:
    (call,) = render(answer("很" * 300))
    assert call == TellPresser("q1", "很" * 199 + "…")


@pytest.mark.parametrize(
    "outgoing",
    [
        say(Card("")),
        say(Card(" \n")),
        say(Card("", ROWS)),
        say(Card("", ROWS, (PHOTO, PHOTO))),
        say(Card("选", ((Button("赞成", "x" * 63),),))),
        say(Card("选", ((Button("赞成", ""),),))),
        say(Card("选", ((Button(" ", "ballot:7:yes"),),))),
        say(Card("选", tuple((Button(str(n), f"b:{n}"),) for n in range(101)))),
        say(Card("收到"), reply_to="x"),
        say(Card("收到"), Address("telegram", "居民群")),
        edit(Card("")),
    ],
)
def test_what_telegram_could_never_take_is_rejected_before_it_is_asked(outgoing: object) -> None:
    with pytest.raises(Rejected):
        render(outgoing)  # type: ignore[arg-type]


def test_a_chat_may_be_named_by_its_public_name() -> None:
    assert render(say(Card("收到"), Address("telegram", "@guihuali"))) == (
        SayText(Target("@guihuali"), "收到"),
    )
