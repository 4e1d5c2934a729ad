from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.events import Promise
from handlers.meetings.calls import read_call
from handlers.meetings.kinds import kinds_named
from handlers.meetings.reading import Counts, Outcome, read_move, read_number, read_result
from handlers.refusals import Refusal

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "name", "place", "topics"),
    [
        ("党员群众代表会 11月28日19:00 议事厅 议题 7,9", "党员群众代表会", "议事厅", (7, 9)),
        ("党员群众代表会 11月28日19:00 议事厅 议题：议7、议9", "党员群众代表会", "议事厅", (7, 9)),
        ("党员群众代表会 议题 7 9 11月28日19:00 地点：议事厅", "党员群众代表会", "议事厅", (7, 9)),
        (
            "11月28日19:00 党员群众代表会 党群中心 议事厅 议7、议9",
            "党员群众代表会",
            "党群中心 议事厅",
            (7, 9),
        ),
        ("党员群众代表会 11月28日19:00 议题 7,9 3号楼301室", "党员群众代表会", "3号楼301室", (7, 9)),
        ("党员群众代表会 11月28日19:00 议事厅", "党员群众代表会", "议事厅", None),
        ("党员群众代表会 11月28日19:00 议事厅 议题 待定", "党员群众代表会", "议事厅", ()),
        ("党员群众代表会 11月28日19:00", "党员群众代表会", "", None),
    ],
)
def test_a_call_is_read_in_whatever_order_it_is_typed(
    written: str, name: str, place: str, topics: tuple[int, ...] | None
) -> None:
    call = read_call(written, NOW, ZONE)
    assert (call.name, call.at, call.place, call.topics) == (name, SATURDAY, place, topics)


def test_the_reason_for_short_notice_is_everything_behind_its_word() -> None:
    call = read_call("村民会议 明天19:00 晒谷场 议题 7 紧急理由：台风明晚到，议题 9 以后再说", NOW, ZONE)
    assert (call.short_notice, call.topics) == ("台风明晚到，议题 9 以后再说", (7,))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "meetings.call_usage"),
        ("11月28日19:00", "meetings.call_usage"),
        ("两委会 周一9:00 二楼 议题 电梯", "meetings.agenda_usage"),
        ("两委会 周一9:00 二楼 紧急理由", "meetings.urgent_without_reason"),
        ("两委会" * 11 + " 周一9:00", "meetings.too_long"),
        ("两委会 二楼", "dates.usage"),
    ],
)
def test_a_call_that_says_too_little_is_refused(written: str, key: str) -> None:
    with pytest.raises(Refusal) as no:
        read_call(written, NOW, ZONE)
    assert no.value.key == key


def test_a_move_may_leave_time_or_place() -> None:
    assert read_move("11月28日19:00", NOW, ZONE).place is None
    assert read_move("11月28日19:00 三楼", NOW, ZONE).place == "三楼"
    move = read_move("地点 三楼会议室", NOW, ZONE)
    assert (move.at, move.place) == (None, "三楼会议室")


@pytest.mark.parametrize("written", ["会2 换届", "会议2 换届", "2 换届", "会2号，换届", "〔2026〕会2 换届"])
def test_a_meeting_is_named_by_its_number(written: str) -> None:
    assert read_number(written, "meetings.cancel_usage") == (2, "换届")


@pytest.mark.parametrize("written", ["表决3 不办了", "公示4", "任务3", "换届"])
def test_the_number_of_something_else_is_no_meeting(written: str) -> None:
    with pytest.raises(Refusal):
        read_number(written, "meetings.cancel_usage")


def test_an_outcome_is_read_with_its_numbers() -> None:
    result = read_result("通过 到会34 赞成21 反对9 弃权4 费用按楼层分摊", NOW, ZONE)
    assert result.word is Outcome.PASSED
    assert result.counts == Counts(34, 21, 9, 4)
    assert result.note == "费用按楼层分摊"
    assert result.promises == ()


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("附条件通过 条件：x", Outcome.CONDITIONAL),
        ("不通过", Outcome.REJECTED),
        ("不同意", Outcome.REJECTED),
        ("退回再议 x", Outcome.SEND_BACK),
        ("不成", Outcome.REJECTED),
        ("未达人数 到会20", Outcome.INVALID_QUORUM),
        ("提交上级", Outcome.ESCALATE),
        ("到会20 赞成15 反对5", None),
    ],
)
def test_the_longest_outcome_word_is_the_one_that_counts(written: str, outcome: Outcome | None) -> None:
    assert read_result(written, NOW, ZONE).word is outcome


def test_those_who_do_not_agree_are_not_counted_as_agreeing() -> None:
    assert read_result("到会30 同意18 不同意12", NOW, ZONE).counts == Counts(30, 18, 12, None)


def test_conditions_become_promises_and_the_note_names_nobody() -> None:
    result = read_result(
        "附条件 到会34 赞成21 反对9 条件：操作要简单 责任人 李四 12月20日；办培训 责任人：王五", NOW, ZONE
    )
    assert result.promises == (
        Promise("操作要简单", "李四", date(2026, 12, 20)),
        Promise("办培训", "王五", None),
    )
    assert result.note == "要做：操作要简单（12月20日（周日）前）\n要做：办培训"
    assert "李四" not in result.note


def test_the_longest_name_of_a_meeting_is_meant() -> None:
    assert [kind.body for kind in kinds_named("桂花里社区党员群众代表会")] == ["members_and_reps"]
    assert [kind.body for kind in kinds_named("第三次 两委会")] == ["committees"]
    assert {kind.body for kind in kinds_named("户代表会")} == {"households", "resident_households"}
    assert kinds_named("茶话会") == ()
