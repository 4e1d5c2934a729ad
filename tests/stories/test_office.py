"""文书: made of what is recorded, numbered without gaps, never made twice by mistake, corrected by new versions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.papers.stored import parse_filed
from tests.stories.gatherings import HALL, called
from tests.stories.papers import SITE, house, made, printed
from tests.stories.voting import at_the_vote, change, vote
from tests.world import Manner, World

OFFICE = "两委群"


@pytest.fixture(params=list(Manner), ids=lambda manner: manner.value)
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    world = house(tmp_path, request.param)
    yield world
    world.close()


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[World]:
    world = house(tmp_path)
    yield world
    world.close()


def numbers(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT number, version, kind FROM papers ORDER BY id")


def decided(world: World) -> None:
    """Thirty-six representatives are asked and thirty agree; the result stands."""
    at_the_vote(world)
    vote(world, 30, 4, 2)
    world.later(days=4)


def test_the_notice_of_a_meeting_is_printed_from_what_was_called(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    assert "📄 会议通知 桂花里社区议事〔2026〕1号" in office.last(OFFICE)
    paper = printed(office, OFFICE)
    assert "关于召开居民代表会议的通知" in paper
    assert HALL in paper
    assert "2026年11月14日（周六）19:00" in paper
    assert "更换电梯" in paper
    assert "讨论并表决" in paper
    assert "0571-63320001" in paper
    assert "小周" in paper
    assert numbers(office) == [(1, 1, "invitation")]
    code = office.rows("SELECT code FROM papers")[0][0]
    assert f"{SITE}/p/{code}" in paper
    assert len(made(office, OFFICE)) == 1


def test_the_sign_in_sheet_has_a_line_for_everybody_and_is_never_public(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 签到表 会1", to=OFFICE)
    paper = printed(office, OFFICE)
    assert all(f"代表{number}" in paper for number in range(1, 5))
    assert "不作考勤" in paper
    secretary.says("公开文书 1", to=OFFICE)
    assert "不公开" in office.last(OFFICE)
    assert not office.rows("SELECT 1 FROM papers WHERE approved_at IS NOT NULL")


def test_a_resolution_says_everything_it_lacks_at_once_and_is_printed_when_it_is_given(office: World) -> None:
    decided(office)
    secretary = office.people["文书小周"]
    secretary.says("出文 决议书 议1", to=OFFICE)
    told = office.last(OFFICE)
    assert "决议书还缺：资金来源、监督人。" in told
    assert "监督人：秦岚" in told
    assert not numbers(office)
    secretary.says("出文 决议书 议1 资金来源：公益金；监督人：秦岚（居务监督委员会主任）", to=OFFICE)
    paper = printed(office, OFFICE)
    assert "居民委员会" in paper
    assert "秦岚（居务监督委员会主任）" in paper
    assert "公益金" in paper
    assert (
        "应到 36 人，到会须达 24 人；到会过半赞成通过（城市居民委员会组织法 29；本社区议事规则第5条）"
        in paper
    )
    assert "30×2=60 > 36×1=36" in paper
    assert numbers(office) == [(1, 1, "resolution")]


def test_ballots_are_printed_for_whoever_has_not_voted_yet(office: World) -> None:
    at_the_vote(office, voters=6)
    vote(office, 1)
    secretary = office.people["文书小周"]
    secretary.says("出文 表决票 议1", to=OFFICE)
    assert "表决票还缺：回收方式" in office.last(OFFICE)
    secretary.says("出文 表决票 议1 回收方式：交给网格员", to=OFFICE)
    assert "共 5 张" in office.last(OFFICE)
    paper = printed(office, OFFICE)
    assert "代表1" not in paper
    assert all(paper.count(f"代表{number}") == 1 for number in range(2, 7))
    assert paper.count("□ 赞成") == 5
    receipts = re.findall(r"投票码：(\S+)", paper)
    assert len(set(receipts)) == len(receipts) == 5
    office.people["代表2"].says("表决 议1 赞成")
    assert sum(receipt in office.people["代表2"].heard()[-1] for receipt in receipts) == 1


def test_a_secret_poll_has_no_paper_ballots_and_too_small_a_one_no_count_sheet(calm: World) -> None:
    at_the_vote(calm, voters=4)
    change(calm, "UPDATE polls SET secrecy = 'secret'")
    secretary = calm.people["文书小周"]
    secretary.says("出文 表决票 议1 回收方式：票箱", to=OFFICE)
    assert "无记名" in calm.last(OFFICE)
    secretary.says("出文 计票单 议1", to=OFFICE)
    assert "还没有结束" in calm.last(OFFICE)
    calm.later(days=4)
    secretary.says("出文 计票单 议1 计票人：小周；监票人：小王；计票地点：议事厅", to=OFFICE)
    assert "看得出谁投了什么" in calm.last(OFFICE)
    assert not numbers(calm)


def test_the_count_sheet_keeps_paper_and_chat_apart_and_adds_up(office: World) -> None:
    at_the_vote(office)
    secretary = office.people["文书小周"]
    secretary.says("出文 表决票 议1 回收方式：交给网格员", to=OFFICE)
    vote(office, 20, 4)
    office.people["网格员小王"].says("代录 议1 代表30 赞成 见证 小周", to="网格员群")
    office.later(days=4)
    secretary.says("出文 计票单 议1 计票人：文书小周；监票人：秦岚；计票地点：议事厅", to=OFFICE)
    paper = printed(office, OFFICE)
    assert "计票单" in paper
    rows: dict[str, list[str]] = {}
    told = paper.split("\n")
    for at, line in enumerate(told):
        rows.setdefault(line, told[at + 1 : at + 4])
    assert rows["发出"] == ["36", "36", "72"]
    assert rows["收回"] == ["1", "24", "25"]
    assert rows["赞成"] == ["1", "20", "21"]


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 会议通知 会1 材料：方案一份；联系：居委会 0571-63320009", to=OFFICE)
    before = office.rows("SELECT body FROM papers")
    secretary.says("更正文书 1", to=OFFICE)
    assert "号码和理由" in office.last(OFFICE) or "写理由" in office.last(OFFICE)
    secretary.says("更正文书 1 联系电话写错了 联系：居委会 0571-63320003", to=OFFICE)
    assert "第 2 版" in office.last(OFFICE)
    paper = printed(office, OFFICE)
    assert "联系电话写错了" in paper
    assert "0571-63320003" in paper
    assert "0571-63320009" not in paper
    assert "方案一份" in paper
    assert "〔2026〕1号（第2版）" in paper
    assert numbers(office) == [(1, 1, "invitation"), (1, 2, "invitation")]
    assert office.rows("SELECT body FROM papers WHERE version = 1") == before
    assert len(set(office.rows("SELECT code FROM papers"))) == 2


def test_the_same_paper_is_not_made_twice_by_mistake(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    assert "已经有了：文书 1" in office.last(OFFICE)
    secretary.says("出文 签到表 会1", to=OFFICE)
    secretary.says("文书", to=OFFICE)
    assert "1 关于召开" in office.last(OFFICE)
    assert "2 居民代表会议签到表" in office.last(OFFICE)
    assert [row[:2] for row in numbers(office)] == [(1, 1), (2, 1)]


def test_a_paper_shown_again_is_the_same_byte_for_byte(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    office.later(hours=5)
    secretary.says("会1 时长 2小时", to=OFFICE)
    secretary.says("文书 1", to=OFFICE)
    first, *_, again = (one for one in made(office, OFFICE) if one.name.endswith(".docx"))
    assert first.content == again.content
    assert "还没有公开" in office.last(OFFICE)


def test_a_letter_asks_what_it_was_told_to_and_may_go_to_several(office: World) -> None:
    called(office)
    secretary = office.people["小周"]
    secretary.says("出文 征求意见函 议1 致：物业公司；问题：1.几天能换 2.谁出钱", to=OFFICE)
    paper = printed(office, OFFICE)
    assert "物业公司：" in paper
    assert "1. 几天能换" in paper
    assert "2. 谁出钱" in paper
    assert "不视为同意" in paper
    secretary.says("出文 征求意见函 议1 致：街道办事处；问题：能否补助", to=OFFICE)
    assert [row[0] for row in numbers(office)] == [1, 2]


def test_a_notice_and_what_was_carried_out_are_printed(office: World) -> None:
    decided(office)
    secretary = office.people["文书小周"]
    secretary.says("出文 公示 议1 公示地点：社区公告栏", to=OFFICE)
    paper = printed(office, OFFICE)
    assert "公示天数" in paper
    assert "0571-63320002" in paper
    assert "社区公告栏" in paper
    assert "30×2=60 > 36×1=36" in paper
    assert "公示期：2026年11月6日至2026年11月23日" in paper, "the fifteenth day is a Saturday"
    secretary.says("更正文书 1 时间不够 公示天数：7天", to=OFFICE)
    assert "不能少于 15 天" in office.last(OFFICE)
    secretary.says("指派 任务1 文书小周 12月20日 18.6万", to=OFFICE)
    secretary.says("出文 实施结果 任务1", to=OFFICE)
    assert "实施结果公示还缺：核验人、意见。" in office.last(OFFICE)
    secretary.says("出文 实施结果 任务1 核验人：秦岚；核验意见：属实", to=OFFICE)
    done = printed(office, OFFICE)
    assert "小周" in done
    assert "2026年12月20日" in done
    assert "18.6" in done
    assert "未完成" in done


def test_minutes_come_from_the_shelf_once_they_are_approved(calm: World) -> None:
    secretary = called(calm)
    secretary.says("出文 会议纪要 会1", to=OFFICE)
    assert "还没有批准" in calm.last(OFFICE)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("出文", "要出什么文书"),
        ("出文 表彰决定 会1", "要出什么文书"),
        ("出文 会议通知", "是哪一件"),
        ("出文 会议通知 会9", "没有会9"),
        ("出文 决议书 议9", "没有议9"),
        ("出文 实施结果 任务9", "没有任务9"),
        ("出文 计票单 议1", "还没有表决过"),
        ("出文 征求意见函 议1 致：物业；问题：修吗；答复期限：2月30日", "看不懂日期"),
        ("出文 公示 议1 类型：表扬", "没有“表扬”这种公示"),
        ("文书 9", "没有文书 9"),
        ("公开文书", "文书的号码"),
        ("更正文书 9 错了", "没有文书 9"),
        ("作废文书 1", "号码和理由"),
    ],
)
def test_every_wrong_wish_has_an_answer_that_says_what_to_do(calm: World, words: str, answer: str) -> None:
    secretary = called(calm)
    secretary.says(words, to=OFFICE)
    assert answer in calm.last(OFFICE)
    assert not numbers(calm)
    assert not calm.parked()


def test_what_is_kept_is_what_was_shown(calm: World) -> None:
    secretary = called(calm)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    filed = parse_filed(calm.rows("SELECT body FROM papers")[0][0])
    assert filed.public is not None
    assert filed.papers[0].number == filed.public.number == "桂花里社区议事〔2026〕1号"
    assert filed.papers[0].title in printed(calm, OFFICE)
