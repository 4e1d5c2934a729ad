"""Every paper has the fields its office needs, and a paper with holes is refused with all of them named."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from handlers.papers.ballot import ballot_paper
from handlers.papers.facts import NOBODY, Asking, Contact, Person
from handlers.papers.invitation import invitation_paper
from handlers.papers.lines import as_text
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import CheckRow, Edition, Fields, Heading, Paper, PaperKind, Table
from handlers.papers.notice import notice_paper
from handlers.papers.sign_in import sign_in_paper
from handlers.refusals import Refusal
from handlers.texts import text
from tests.handlers.papers import board, desk
from tests.handlers.papers.pile import EVERY, FULL, PUBLIC, SORTS, Sort, named

REQUIRED = {
    PaperKind.INVITATION: "文号、落款单位、核对网址、会议、对象、地点、方式、召集人、议程、联系",
    PaperKind.SIGN_IN: "文号、落款单位、核对网址、会议、地点、应到",
    PaperKind.MINUTES: "文号、落款单位、核对网址、会议、会议类型、地点、方式、召集人、主持人、记录人、法定人数、议题、公开范围",
    PaperKind.RESOLUTION: "文号、落款单位、核对网址、决议事项、事项与内容、会议、执行人和期限、资金来源、监督人、救济途径、签字",
    PaperKind.BALLOT: "文号、落款单位、核对网址、会议、表决事项、规则提示、回收方式",
    PaperKind.COUNT_SHEET: "文号、落款单位、核对网址、议题、纸质、线上分列、计票人、监票人、计票地点",
    PaperKind.NOTICE: "文号、落款单位、核对网址、标题、对象、依据、事项与内容、程序经过、异议受理、提出方式、期满后果、公示地点、监督电话",
    PaperKind.RESULT_NOTICE: "文号、落款单位、核对网址、标题、对象、依据、事项与内容、程序经过、异议受理、提出方式、期满后果、公示地点、监督电话、实施情况、核验人、意见",
    PaperKind.LETTER: "文号、落款单位、核对网址、致、对象单位或事项、事由、征求的问题",
}
EMPTY = {str: " ", tuple: (), Person: NOBODY, Contact: Contact("", "")}


def emptied(facts: Any) -> Any:
    """The facts with every word, list, person and office taken out, one level deep, envelope and inner notice too."""
    given = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if type(value) in EMPTY:
            given[field.name] = EMPTY[type(value)]
        elif field.name in ("envelope", "notice"):
            given[field.name] = emptied(value)
    assert is_dataclass(facts)
    return replace(cast(Any, facts), **given)


@pytest.mark.parametrize("sort", SORTS, ids=named)
def test_a_paper_with_nothing_filled_in_is_refused_and_everything_that_is_missing_is_named(
    sort: Sort,
) -> None:
    with pytest.raises(Refusal) as refused:
        sort.assemble(emptied(sort.facts()), FULL)
    assert refused.value.key == "papers.missing"
    assert refused.value.values["fields"] == REQUIRED[sort.kind]
    assert REQUIRED[sort.kind] in text(refused.value.key, **refused.value.values)


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_a_paper_carries_its_number_its_days_its_unit_and_where_to_check_it(
    sort: Sort, edition: Edition
) -> None:
    lines = as_text(sort.paper(edition))
    assert "文号：桂花居〔2026〕12号" in lines
    assert any(line.startswith(text(f"papers.period_{sort.kind}")) and "2026年" in line for line in lines)
    assert lines[-1].startswith("扫码或打开网址核对：https://yishi.example/")
    assert "桂花社区居民委员会" in lines


def values(paper: Paper) -> dict[str, str]:
    return {row.label: row.value for block in paper.blocks if isinstance(block, Fields) for row in block.rows}


def test_an_invitation_tells_when_where_and_what_about_and_names_internal_items_only_inside() -> None:
    inside, outside = (invitation_paper(desk.invitation(), edition) for edition in (FULL, PUBLIC))
    assert values(inside)["时间"] == "2026年11月28日（周六）19:00—21:00"
    assert inside.title == "关于召开第三次居民代表会议的通知"
    assert "困难家庭帮扶名单" in "".join(as_text(inside))
    assert "困难家庭" not in "".join(as_text(outside))
    assert "另有内部议题 1 件，不对外公开。" in as_text(outside)


def test_a_sign_in_sheet_has_a_line_for_everybody_and_observers_apart() -> None:
    paper = sign_in_paper(desk.sign_in(200), FULL)
    members, observers = (block for block in paper.blocks if isinstance(block, Table))
    assert [row[0] for row in members.rows] == [str(number) for number in range(1, 201)]
    assert members.headers == ("序号", "姓名", "门牌或职务", "签名", "签到时间", "备注")
    assert len(observers.rows) == 1 + 3
    assert Heading("列席") in paper.blocks


def test_minutes_print_no_dissent_as_none() -> None:
    facts = desk.minutes()
    quiet = replace(facts, items=(replace(facts.items[0], dissent=()),))
    assert values(minutes_paper(quiet, FULL))["少数意见"] == "无"


def test_minutes_lack_what_an_item_lacks() -> None:
    facts = desk.minutes(2)
    hole = replace(facts, items=(facts.items[0], replace(facts.items[1], result="", way="")))
    with pytest.raises(Refusal) as refused:
        minutes_paper(hole, FULL)
    assert refused.value.values["fields"] == "第2项的结果、第2项的表决方式"


def test_a_ballot_asks_with_three_boxes_and_a_choice_always_offers_none_of_them() -> None:
    asked = ballot_paper(desk.ballot(), FULL)
    chosen = ballot_paper(replace(desk.ballot(), asking=Asking.CHOOSING, options=("甲物业", "乙物业")), FULL)
    boxes = [
        [block.options for block in paper.blocks if isinstance(block, CheckRow)] for paper in (asked, chosen)
    ]
    assert boxes == [[("赞成", "反对", "弃权")], [("甲物业", "乙物业", "均不同意", "弃权")]]
    assert chosen.code == "QK7M-0001"


def test_a_ballot_that_offers_the_same_twice_or_nothing_is_refused() -> None:
    for options, key in ((("甲", "甲"), "papers.same_option_twice"), ((), "papers.missing")):
        with pytest.raises(Refusal) as refused:
            ballot_paper(replace(desk.ballot(), asking=Asking.CHOOSING, options=options), FULL)
        assert refused.value.key == key


def test_days_the_wrong_way_round_are_refused() -> None:
    facts = board.notice()
    with pytest.raises(Refusal) as refused:
        notice_paper(replace(facts, last=facts.first - timedelta(days=1)), PUBLIC)
    assert refused.value.key == "papers.days_reversed"


def test_a_notice_counts_its_days_without_the_first() -> None:
    assert values(notice_paper(board.notice(), PUBLIC))["公示天数"] == "15 天（首日不计）"


def test_an_uneven_table_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table(("甲", "乙"), (("1",),), (1, 1))
    with pytest.raises(ValueError, match="as many cells"):
        Table((), (), ())
