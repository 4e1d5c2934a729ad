"""Cards in the outbox: whom they call is kept, also by a card redrawn before it was told, and old rows can be read."""

from storage.messages import Button, Card, File, FileKind, Location, Mention
from storage.outbox import dump_card, load_card

WHOLE = Card(
    "⚠️ 危急",
    ((Button("我来处理", "issue.alarm:1"),),),
    (File(FileKind.PHOTO, "telegram:A"),),
    Location("30.2", "120.1"),
    (Mention("5001", "赵长"), Mention("lisi", "李四")),
)


def test_a_card_is_read_back_as_it_was_written() -> None:
    assert load_card(dump_card(WHOLE)) == WHOLE
    assert load_card(dump_card(Card("x"))) == Card("x")


def test_a_row_from_before_there_were_mentions_calls_nobody() -> None:
    assert load_card('{"text": "路灯已修好", "rows": [[["好了", "ok:1"]]]}').mentions == ()
