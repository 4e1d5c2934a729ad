from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from handlers.rules.deemed import decide_deemed
from handlers.rules.explain_gap import explain_gap
from handlers.rules.explain_rule import explain_rule
from handlers.rules.explain_verdict import (
    explain_arithmetic,
    explain_both,
    explain_verdict,
    headline,
)
from handlers.rules.joint import decide_jointly
from handlers.rules.outlook import still_needed
from handlers.rules.rule import Grade, Outcome
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import decide
from handlers.texts import sentences
from tests.handlers.rules.naive import as_json, random_people, random_table
from tests.handlers.rules.people import heads, tally_of
from tests.handlers.rules.test_rules_cases import own_rule
from tests.handlers.rules.test_rules_composed import (
    ASSEMBLY,
    AWAY,
    CAME_YES,
    CONSENSUS,
    FOUR,
    GROUNDS,
    SHANGHAI,
    SIDES,
    assembly,
)

REPRESENTATIVES = replace(own_rule("representatives"), basis="村民委员会组织法第30条", grade=Grade.LAW)
OWNERS = replace(own_rule("owners_ordinary"), basis="民法典第278条", grade=Grade.LAW)
EVEN = replace(own_rule("half_of_members"), basis="")


def owners(*parts: tuple[int, str]) -> Tally:
    return Tally(*(Measures(number, Decimal(size)) for number, size in parts))


def test_a_rule_is_printed_with_the_numbers_of_its_roll() -> None:
    assert explain_rule(REPRESENTATIVES, Measures(36)) == (
        "规则：应到 36 人，到会须达 24 人；到会过半赞成通过（村民委员会组织法第30条）",
        "弃权计入到会人数，效果同反对。",
    )


def test_a_rule_without_a_roll_is_printed_in_shares_that_say_whether_they_include_themselves() -> None:
    assert explain_rule(REPRESENTATIVES)[0].startswith("规则：到会须达应到的三分之二；")
    assert explain_rule(own_rule("strict_two_thirds"))[0].startswith("规则：到会须超过应到的三分之二；")
    assert explain_rule(own_rule("adults"))[0].startswith("规则：到会须超过应到的半数；")


def test_a_rule_over_the_whole_roll_does_not_warn_of_abstaining() -> None:
    assert explain_rule(EVEN, Measures(66)) == ("规则：应到 66 人，到会须达 44 人；应到半数以上赞成通过",)


def test_the_grade_of_a_rule_is_told_unless_it_is_the_law() -> None:
    assert explain_rule(replace(REPRESENTATIVES, grade=Grade.LOCAL))[0].endswith(
        "（地方做法：村民委员会组织法第30条）"
    )
    assert explain_rule(replace(REPRESENTATIVES, grade=Grade.LAW_UNCHECKED))[0].endswith("，条文待核）")


def test_owners_read_their_rule_in_heads_and_square_metres() -> None:
    assert explain_rule(OWNERS, Measures(100, Decimal(10000)))[0] == (
        "规则：应到 100 人、10000 m²，参与须达 67 人、6666.67 m²；"
        "参与人数过半且参与面积过半赞成通过（民法典第278条）"
    )


def test_alternatives_limits_and_consensus_are_said_in_words() -> None:
    assert "到会须达 201 人 或 80 户；" in explain_rule(ASSEMBLY, Measures(400, None, 120))[0]
    assert explain_rule(CONSENSUS) == ("规则：到会人数不限；无人反对即通过",)
    strict = replace(REPRESENTATIVES, minimum_present=20, minimum_yes=12, most_against=3)
    assert explain_rule(strict)[1] == "另须：到会至少 20 人、赞成至少 12 人、反对不超过 3 人。"


def test_a_verdict_that_passed_reads_as_on_the_card() -> None:
    verdict = decide(REPRESENTATIVES, heads(36, 34, 21, 9, 4))
    assert headline(verdict) == "通过"
    assert explain_verdict(verdict) == (
        "应到 36，到会 34 ≥ 24（三分之二以上）✔",
        "赞成 21，到会过半须 18 ✔   反对 9   弃权 4",
    )


def test_a_meeting_without_a_quorum_is_not_a_no() -> None:
    verdict = decide(REPRESENTATIVES, heads(36, 22, 22, 0))
    assert headline(verdict) == "未成立：到会 22，须 24。不是否决。"
    assert explain_verdict(verdict) == ("应到 36，到会 22 < 24（三分之二以上）✘",)


def test_owners_who_are_short_of_area_alone_read_that() -> None:
    tally = owners((100, "10000"), (70, "6600"), (70, "6600"), (0, "0"), (0, "0"))
    assert headline(decide(OWNERS, tally)) == "无效：参与 6600 m²，须 6666.67 m²。不是否决。"


def test_every_comparison_is_printed_as_a_sum() -> None:
    assert explain_arithmetic(decide(REPRESENTATIVES, heads(35, 24, 12, 5))) == (
        "到会达标：24×3=72 ≥ 35×2=70",
        "赞成不足：12×2=24 ≤ 24×1=24",
    )
    tally = owners((12, "1024.38"), (8, "682.92"), (8, "682.92"), (0, "0"), (0, "0"))
    assert "参与达标：682.92×3=2048.76 ≥ 1024.38×2=2048.76" in explain_arithmetic(decide(OWNERS, tally))


def test_those_who_sat_there_and_cast_nothing_are_shown() -> None:
    assert explain_verdict(decide(REPRESENTATIVES, heads(35, 24, 13, 5)))[1].endswith("弃权 0   未投 6")


def test_equal_votes_are_called_equal_whichever_way_the_rule_goes() -> None:
    assert headline(decide(REPRESENTATIVES, heads(30, 20, 10, 10))) == "未通过：赞成、反对各 10，票数相等"
    even = decide(EVEN, heads(66, 66, 33, 33))
    assert even.outcome is Outcome.PASSED
    assert explain_verdict(even)[-1] == "赞成与反对相等；规则写明含本数，按规则通过。"


def test_dissent_is_put_on_record() -> None:
    tolerant = replace(CONSENSUS, most_against=1)
    assert explain_verdict(decide(tolerant, heads(9, 9, 8, 1)))[-1] == "不同意见 1 人，记录在案。"
    assert headline(decide(CONSENSUS, heads(9, 9, 8, 1))) == "未通过：有 1 人反对，未达成一致"


def test_the_gap_is_told_in_heads_and_square_metres() -> None:
    tally = owners((18, "1800"), (8, "887.5"), (3, "300"), (5, "587.5"), (0, "0"))
    assert explain_gap(OWNERS, still_needed(OWNERS, tally)) == "参与还差 4 人、312.5 m²"
    assert still_needed(REPRESENTATIVES, heads(36, 36, 36, 0)) == ()


def test_a_gap_that_cannot_be_closed_says_so() -> None:
    crowded = replace(REPRESENTATIVES, minimum_present=40)
    gap = still_needed(crowded, heads(36, 34, 10, 24))
    assert explain_gap(crowded, gap) == "到会还差 6 人（余下只有 2 人）"


def test_alternatives_are_both_told_when_neither_holds() -> None:
    verdict = decide(ASSEMBLY, assembly(adults=200, households=79, yes=200))
    assert headline(verdict) == "未成立：到会 200，须 201 或 到会 79 户，须 80 户。不是否决。"


def test_the_strict_and_the_deemed_result_are_printed_side_by_side() -> None:
    assert explain_both(decide_deemed(REPRESENTATIVES, SHANGHAI, GROUNDS), GROUNDS) == (
        "严格计票：未成立：到会 703，须 861。不是否决。",
        "从多计票：通过（未投的 588 人 计入赞成，依据：议事规则第12条）",
    )


def test_each_side_of_a_joint_decision_has_its_headline() -> None:
    joint = decide_jointly(FOUR, {**dict.fromkeys(SIDES, CAME_YES), "物业": AWAY})
    lines = {side.name: headline(verdict) for side, verdict in joint.verdicts}
    assert lines == {**dict.fromkeys(SIDES, "通过"), "物业": "无效：参与 0，须 1。不是否决。"}


def test_every_rule_and_every_verdict_can_be_said() -> None:
    dice = Random(17)
    for _ in range(400):
        rule, tally = parse_rule(as_json(random_table(dice))), tally_of(random_people(dice))
        verdict = decide(rule, tally)
        lines = (
            *explain_rule(rule),
            *explain_rule(rule, tally.roll),
            headline(verdict),
            *explain_verdict(verdict),
            *explain_arithmetic(verdict),
            *(explain_gap(rule, gap) for gap in [still_needed(rule, tally)] if gap),
        )
        assert all(line.strip() and "None" not in line and "{" not in line for line in lines)


def test_every_sentence_about_rules_is_used() -> None:
    folder = Path(__file__).parents[3] / "handlers" / "rules"
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    built = ("measure_", "amount_", "number_", "base_", "counted_in_", "took_part_", "choice_", "half_")
    built += ("share_", "basis_", "idle_", "limit_", "quorum_", "passing_", *Outcome)
    keys = [key for key in sentences() if key.startswith("rules.")]
    unused = [
        key for key in keys if f'"{key}"' not in source and not key.removeprefix("rules.").startswith(built)
    ]
    assert keys
    assert unused == []
