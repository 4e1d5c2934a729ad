"""What is typed into minutes, and what of it stands."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.meetings.minutes.changes import Words, number_of, time_of
from handlers.meetings.minutes.gathered import Ballot, Duty, Item, Spoken
from handlers.meetings.minutes.item_facts import item_facts
from handlers.meetings.minutes.reading import (
    Answer,
    Edit,
    read_answer,
    read_confirmed,
    read_edit,
    read_version,
)
from handlers.papers.facts import Person, Promise
from handlers.papers.kept_minutes import Change, Mode, parse_minutes
from handlers.papers.model import Edition
from handlers.refusals import Refusal
from storage.records import CorrectionState, SpeechKind

ZONE = ZoneInfo("Asia/Shanghai")
STARTS = datetime(2026, 11, 14, 11, 0, tzinfo=UTC)
SAID = Spoken(Person("张三"), SpeechKind.DISSENT, "费用太高")
ITEM = Item(2, "议7 更换电梯", "", ("通过", "到会达标：5×3=15 ≥ 6×2=12"), None, (SAID,), ())


def change(field: str, words: str, mode: Mode = Mode.ADD, item: int = 0) -> Change:
    return Change(item, field, mode, words, "小周")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("改 第2项 发言摘要：路灯太暗", Edit(Mode.SET, "speeches", "item", 2, None, "路灯太暗", "")),
        (
            "补 第二项介绍要点: 旧梯\n二十年",
            Edit(Mode.ADD, "introduction", "item", 2, None, "旧梯\n二十年", ""),
        ),
        ("补议7 修改意见 按钮做大", Edit(Mode.ADD, "amendments", "item", None, 7, "按钮做大", "")),
        ("补 备注：停电 更正理由：漏记", Edit(Mode.ADD, "noted", "meeting", None, None, "停电", "漏记")),
        ("改 实到：３４人", Edit(Mode.SET, "present", "meeting", None, None, "３４人", "")),
    ],
)
def test_an_edit_is_read_as_it_is_typed(typed: str, read: Edit) -> None:
    assert read_edit(typed) == read


@pytest.mark.parametrize("typed", ["改", "补 第2项", "改 结果：通过", "补 备注：" + "长" * 2001])
def test_what_is_no_field_or_has_no_words_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_edit(typed)


def test_what_begins_with_another_word_is_no_edit() -> None:
    assert read_edit("核对") is None
    assert read_version("第3稿") == 3
    assert read_version("第三版") == 3
    assert read_version("3") is None
    assert read_confirmed("属实 任务12") == 12
    assert read_confirmed("属实") is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 采纳 确是路灯", Answer(1, CorrectionState.TAKEN, "确是路灯")),
        ("异议2：不采纳，录音为准", Answer(2, CorrectionState.DECLINED, "录音为准")),
    ],
)
def test_an_answer_has_a_number_a_word_and_a_reason(typed: str, read: Answer) -> None:
    assert read_answer(typed) == read


@pytest.mark.parametrize("typed", ["1 采纳", "采纳 理由", "1 也许 理由"])
def test_an_answer_that_lacks_one_of_them_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="answer_usage"):
        read_answer(typed)


def test_what_is_set_takes_the_place_of_everything_before_and_what_is_added_joins_it() -> None:
    words = Words(
        [
            change("noted", "一"),
            change("noted", "二", Mode.SET),
            change("noted", "三\n四"),
            change("noted", "别项", item=2),
        ]
    )
    assert words.lines("noted") == tuple(f"【人工填写】{word}（小周）" for word in "二三四")
    assert words.lines("noted", 2) == ("【人工填写】别项（小周）",)
    assert Words([change("noted", "无", Mode.SET)]).lines("noted") == ()
    assert (
        Words([change("place", "改在二楼", Mode.SET)]).over("place", "议事厅")
        == "【人工填写】改在二楼（小周）"
    )
    assert Words([]).over("place", "议事厅") == "议事厅"


def test_the_end_of_a_meeting_is_the_first_such_hour_after_its_beginning() -> None:
    assert time_of("20:30", STARTS, ZONE) == datetime(2026, 11, 14, 12, 30, tzinfo=UTC)
    assert time_of("0:30", STARTS, ZONE) == datetime(2026, 11, 14, 16, 30, tzinfo=UTC)
    assert time_of("很晚", STARTS, ZONE) is None
    assert number_of("实到３４人") == 34
    assert number_of("没数") is None


def test_a_dissenter_is_named_in_the_record_alone() -> None:
    full, public = (item_facts(ITEM, Words([]), edition) for edition in Edition)
    assert full.dissent == ("张三：费用太高",)
    assert public.dissent == ("费用太高",)
    assert full.result == public.result == "通过\n到会达标：5×3=15 ≥ 6×2=12"


def test_a_persons_summary_stands_instead_of_the_speeches_only_where_it_was_set() -> None:
    spoken = Spoken(Person("李四"), SpeechKind.MOTION, "先换一部")
    item = Item(1, "议7", "", (), None, (spoken,), ())
    added = item_facts(item, Words([change("speeches", "都赞成", item=1)]), Edition.FULL)
    assert [(one.speaker.name, one.stance) for one in added.speeches] == [("李四", "动议"), ("摘要", "")]
    put = item_facts(item, Words([change("speeches", "都赞成", Mode.SET, 1)]), Edition.FULL)
    assert [one.words for one in put.speeches] == ["【人工填写】都赞成（小周）"]
    other = item_facts(item, Words([change("speeches", "都赞成", Mode.SET, 2)]), Edition.FULL)
    assert [one.words for one in other.speeches] == ["先换一部"]


def test_a_condition_is_a_promise_and_what_is_sent_back_is_to_be_refined() -> None:
    promise = Promise("按钮要大", Person("李四"))
    duties = tuple(
        Duty(number, 1, promise, word) for number, word in enumerate(("condition", "refine", "carry"))
    )
    item = Item(1, "议7", "", ("通过",), None, (), duties)
    facts = item_facts(item, Words([]), Edition.FULL)
    assert [one.content for one in facts.promises] == ["按钮要大（条件）", "按钮要大"]
    assert [one.content for one in facts.refinements] == ["按钮要大"]


def test_a_poll_whose_numbers_may_not_be_told_still_says_how_it_was_taken() -> None:
    item = Item(1, "议7", "", ("通过", "票少，不公布数字"), Ballot("无记名投票", None, ()), (), ())
    facts = item_facts(item, Words([]), Edition.PUBLIC)
    assert facts.counted is None
    assert facts.result == "通过（无记名投票）\n票少，不公布数字"


def test_what_is_no_version_is_not_read_as_one() -> None:
    with pytest.raises(ValueError, match="not minutes"):
        parse_minutes("{}")
