from datetime import UTC, datetime

from bot.inlet import ENVELOPE
from storage.messages import Address, Inbound, Said, Sender
from tests.bot.cli.desk import Desk

AT = "2026-11-02 01:00:00.000000"
GROUP = Address("telegram", "-1001")


def has_a_group(desk: Desk) -> None:
    desk.has_a_roll()
    desk.done("groups", "bind", str(GROUP), "--as", "居民群")


def parks(desk: Desk, body: str, event: str = "7") -> None:
    desk.changes(
        "INSERT INTO inbox VALUES ('telegram', ?, ?, 'parked', ?, 'KeyError: 13812345678')", event, AT, body
    )


def said(words: str, event: str = "7") -> str:
    content = Said("11", words, addressed=True)
    sender = Sender("5", "张三")
    return ENVELOPE.dump_json(Inbound("telegram", event, GROUP, datetime.now(UTC), content, sender)).decode()


def writes(desk: Desk, state: str, act: str = "say", card: int | None = None) -> int:
    desk.changes(
        "INSERT INTO outbox (platform, chat, thread, act, urgency, message_id, body, written_at, not_before, state, "
        "attempts, error, card_id) VALUES ('telegram', '-1001', '', ?, 'notice', '', ?, ?, ?, ?, 3, 'Rejected', ?)",
        act,
        '{"text": "请联系 13812345678"}',
        AT,
        AT,
        state,
        card,
    )
    return int(desk.rows("SELECT max(id) FROM outbox")[0][0])


def test_a_parked_event_is_listed_without_phone_numbers(desk: Desk) -> None:
    has_a_group(desk)
    parks(desk, said("#报事 3号楼漏水"))
    shown = desk.done("inbox", "list")
    assert "telegram:7" in shown
    assert "13812345678" not in shown
    assert [one["key"] for one in desk.objects("inbox", "list")] == ["telegram:7"]


def test_a_parked_event_is_handled_once_more(desk: Desk) -> None:
    has_a_group(desk)
    parks(desk, said("#报事 3号楼2单元漏水了"))
    desk.done("inbox", "retry", "telegram:7")
    assert desk.rows("SELECT state, body FROM inbox WHERE event_id = '7'") == [("done", "")]
    assert len(desk.rows("SELECT 1 FROM issues")) == 1
    (answer,) = desk.rows("SELECT state, body FROM outbox WHERE act = 'say' AND chat = '-1001'")
    assert answer[0] == "waiting"
    assert "已记下" in answer[1]
    assert ("ParkedSettled", "event:telegram:7") in desk.rows("SELECT event, subject FROM journal")
    assert "没有 telegram:7" in desk.refused("inbox", "retry", "telegram:7")
    assert len(desk.rows("SELECT 1 FROM issues")) == 1


def test_what_this_version_cannot_read_stays_parked(desk: Desk) -> None:
    has_a_group(desk)
    parks(desk, '{"update_id": 7}')
    assert "读不懂" in desk.refused("inbox", "retry", "telegram:7")
    assert len(desk.objects("inbox", "list")) == 1


def test_a_dropped_event_is_done_with_and_its_words_are_gone(desk: Desk) -> None:
    has_a_group(desk)
    parks(desk, said("#报事 3号楼漏水"))
    desk.done("inbox", "drop", "telegram:7")
    assert desk.rows("SELECT state, body, error FROM inbox WHERE event_id = '7'") == [("done", "", "")]
    assert desk.rows("SELECT 1 FROM issues") == []
    assert "没有 telegram:7" in desk.refused("inbox", "drop", "telegram:7")
    assert "没有 nonsense" in desk.refused("inbox", "drop", "nonsense")


def test_letters_that_were_not_told_are_listed_and_told_again(desk: Desk) -> None:
    has_a_group(desk)
    failed, doubtful = writes(desk, "failed"), writes(desk, "doubtful")
    writes(desk, "sent")
    assert [one["id"] for one in desk.objects("outbox", "list")] == [failed, doubtful]
    assert "13812345678" not in desk.done("outbox", "list")
    desk.done("outbox", "retry", str(failed))
    desk.done("outbox", "drop", str(doubtful))
    assert desk.rows("SELECT id, state, attempts FROM outbox ORDER BY id") == [
        (failed, "waiting", 0),
        (doubtful, "dropped", 3),
        (doubtful + 1, "sent", 3),
    ]
    settled = desk.rows("SELECT subject, detail FROM journal WHERE event = 'LetterSettled'")
    assert settled == [
        (f"letter:{failed}", '{"what": "retried"}'),
        (f"letter:{doubtful}", '{"what": "dropped"}'),
    ]


def test_letters_that_need_nothing_are_left_alone(desk: Desk) -> None:
    has_a_group(desk)
    sent, waiting, sending = (writes(desk, state) for state in ("sent", "waiting", "sending"))
    for letter in (sent, waiting, sending):
        assert "不用重试" in desk.refused("outbox", "retry", str(letter))
    for letter in (sent, sending):
        assert "放不下" in desk.refused("outbox", "drop", str(letter))
    assert "没有 99 号" in desk.refused("outbox", "retry", "99")
    assert "没有 99 号" in desk.refused("outbox", "drop", "99")
    assert [row[0] for row in desk.rows("SELECT state FROM outbox ORDER BY id")] == [
        "sent",
        "waiting",
        "sending",
    ]


def test_an_old_edit_does_not_take_the_place_of_a_newer_one(desk: Desk) -> None:
    has_a_group(desk)
    desk.changes("INSERT INTO cards VALUES (1, 'telegram', '-1001', '', 'issue:1', '5', '[]', ?)", AT)
    old = writes(desk, "failed", "edit", 1)
    writes(desk, "waiting", "edit", 1)
    assert "更新的内容" in desk.refused("outbox", "retry", str(old))


def test_what_is_due_is_named_in_our_words(desk: Desk) -> None:
    has_a_group(desk)
    parks(desk, said("#报事 3号楼2单元漏水了"))
    desk.done("inbox", "retry", "telegram:7")
    desk.changes("UPDATE issues SET due_at = ?", AT)
    shown = desk.done("due")
    assert "诉求期限" in shown
    assert "issue:1" in shown
    assert "已过" in shown
    assert desk.objects("due", "--last", "1") == [
        {"what": "issue.due", "subject": 1, "moment": "2026-11-02T01:00:00+00:00"}
    ]


def test_the_journal_can_be_asked_about_one_thing(desk: Desk) -> None:
    has_a_group(desk)
    assert [one["event"] for one in desk.objects("journal")] == ["RollImported", "GroupBound"]
    assert [one["detail"] for one in desk.objects("journal", "--about", "group:1")] == [{"role": "residents"}]
    assert [one["event"] for one in desk.objects("journal", "--last", "1")] == ["GroupBound"]
    assert "GroupBound" in desk.done("journal")
    assert "还没有" in desk.done("journal", "--about", "issue:99")


def test_every_moment_of_the_house_has_a_name() -> None:
    from handlers.texts import sentences
    from storage.due import MOMENTS

    kinds = {str(moment.selected_columns[0].element.value) for moment in MOMENTS}
    named = {
        key.removeprefix("cli_moment.").replace("_", ".", 1)
        for key in sentences()
        if key.startswith("cli_moment.")
    }
    assert len(kinds) > 8
    assert kinds <= named


def test_inbox_and_outbox_alone_list_what_waits(desk: Desk) -> None:
    desk.has_a_roll()
    for box in ("inbox", "outbox"):
        assert desk.done(box) == desk.done(box, "list")
