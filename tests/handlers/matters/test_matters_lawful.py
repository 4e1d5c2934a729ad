import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from handlers.bodies.catalogue import bodies
from handlers.matters.catalogue import find, matters, routes
from handlers.matters.lawful import choose, deviate, emergency_way, explain_matter
from handlers.matters.model import Channel, Label, Picks, Proxies
from handlers.procedures.floors import period_floors
from handlers.refusals import Refusal
from handlers.rules.explain_rule import explain_rule
from handlers.rules.rule import Base, Bound, Clause, Either, Grade, Measure, Rule
from handlers.rules.stored import dump_rule, parse_rule
from handlers.rules.tally import Measures
from handlers.texts import text

SHARED = Path(__file__).parents[4] / "shared" / "domain" / "voting-vectors.json"
VECTORS = {
    "owners_ordinary": "owner_ordinary",
    "owners_special": "owner_special",
    "interested_owners": "interested_owners_all",
    "village_reps": "village_reps",
    "villagers18": "village_assembly_adults",
    "households": "village_assembly_households",
    "village_group_adults": "village_group_adults",
    "village_group_households": "village_group_households",
    "residents18": "residents_assembly",
    "resident_households": "residents_assembly",
    "resident_reps": "resident_reps",
    "party_voting": "party_half_or_more",
    "collective_members": "collective_members",
    "owners_committee": "owners_committee_hangzhou",
}


def numbers(route: str) -> tuple[str, ...]:
    """Quorum and majority of a route: "2/3 >= roll"."""
    rule = routes()[route].rule
    clauses = [clause for clause in (*rule.quorum, *rule.passing) if isinstance(clause, Clause)]
    return tuple(f"{clause.measure} {clause.bound} {clause.share} {clause.base}" for clause in clauses)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("owners_ordinary", ("heads >= 2/3 roll", "area >= 2/3 roll", "heads > 1/2 participants")),
        ("owners_special", ("heads >= 2/3 roll", "area >= 2/3 roll", "heads >= 3/4 participants")),
        ("households", ("heads >= 2/3 roll", "heads > 1/2 present")),
        ("resident_households", ("heads > 1/2 roll", "heads > 1/2 present")),
        ("resident_reps", ("heads >= 2/3 roll", "heads > 1/2 present")),
        ("collective_members", ("heads >= 2/3 roll", "heads >= 2/3 roll")),
        ("interested_owners", ("heads >= 1 roll",)),
    ],
)
def test_a_route_asks_for_the_numbers_of_its_article(route: str, expected: tuple[str, ...]) -> None:
    assert numbers(route)[: len(expected)] == expected


@pytest.mark.parametrize("route", sorted(VECTORS))
def test_a_route_has_the_rule_of_the_shared_vectors(route: str) -> None:
    if not SHARED.exists():
        pytest.skip("the shared vectors lie beside the project only where it is developed")
    table = json.loads(SHARED.read_text("utf-8"))["rules"][VECTORS[route]]
    theirs, ours = parse_rule(table), routes()[route].rule
    assert (ours.quorum, ours.passing, ours.invalid_as) == (theirs.quorum, theirs.passing, theirs.invalid_as)


def test_every_route_is_of_a_body_that_can_vote_and_every_matter_has_a_way() -> None:
    assert len(matters()) > 20
    assert all(bodies()[route.rule.electorate].electorate for route in routes().values())
    assert all(bool(matter.routes) != bool(matter.closed) for matter in matters().values())
    assert all(matter.publish and matter.publish.days for matter in matters().values() if matter.routes)


def test_no_route_tells_people_later_than_the_law_asks() -> None:
    asked = {
        (body, floor.days) for floor in period_floors() if floor.kind == "meeting" for body in floor.bodies
    }
    checked = 0
    for route in routes().values():
        if route.notice.grade is not Grade.LAW:
            continue
        checked += 1
        assert all(route.notice.days >= days for body, days in asked if body == route.rule.electorate)
    assert checked > 5


def test_whatever_belongs_to_owners_is_an_opinion_in_chat_and_nothing_else_is() -> None:
    for matter in matters().values():
        for route in matter.routes:
            assert (route.label is Label.OPINION) == (matter.channel is Channel.OWNERS), (matter.id, route.id)


def test_a_matter_brings_its_article_into_the_rule() -> None:
    assert choose("fund_use").rule.basis == "民法典 278(5)"
    assert choose("village_works", "villagers18").rule.basis == "村民委员会组织法 28, 26"
    assert choose("fund_raise").rule.passing[0] == Clause(
        Measure.HEADS, Fraction(3, 4), Bound.AT_LEAST, Base.PARTICIPANTS
    )


def test_using_the_fund_and_raising_it_are_two_matters_with_two_majorities() -> None:
    assert choose("fund_use").rule.passing != choose("fund_raise").rule.passing


def test_a_route_is_asked_for_where_there_are_several() -> None:
    with pytest.raises(Refusal) as refused:
        choose("residents_charter")
    assert refused.value.key == "matters.which_route"
    assert "居民会议（按户）" in text(refused.value.key, **refused.value.values)
    assert choose("residents_charter", "resident_households").rule.electorate == "resident_households"


@pytest.mark.parametrize(
    ("matter", "route", "key"),
    [
        ("nonsense", "", "matters.unknown"),
        ("fund_use", "villagers18", "matters.which_route"),
        ("village_works", "owners_ordinary", "matters.which_route"),
        ("emergency_repair", "", "matters.emergency"),
        ("committee_election", "", "matters.never_counted"),
    ],
)
def test_no_rule_is_chosen_for_what_is_not_voted_so(matter: str, route: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        choose(matter, route)
    assert refused.value.key == key
    assert text(key, **refused.value.values)


def test_an_emergency_shows_its_own_way_beginning_with_people() -> None:
    heading, first, *rest = emergency_way()
    assert "不表决" in heading
    assert "119" in first
    assert "维修资金" in "".join(rest)


def test_the_lines_on_the_card_name_matter_article_numbers_and_worth() -> None:
    lawful = choose("fund_use")
    lines = explain_matter(lawful)
    assert lines[0] == "事项：动用维修资金（民法典 278(5)）"
    assert "参与须达 24 人" in explain_rule(lawful.rule, Measures(36, Decimal(3600)))[0]
    assert any(line.startswith("本次为意向征询，不产生业主大会决定的效力") for line in lines)
    assert not any("意向征询" in line for line in explain_matter(choose("village_works", "village_reps")))


def test_every_matter_can_be_printed() -> None:
    printed = [
        (*explain_matter(lawful := choose(matter.id, route.id)), *explain_rule(lawful.rule))
        for matter in matters().values()
        for route in matter.routes
    ]
    assert len(printed) > 30
    assert all(line for lines in printed for line in lines)


def test_another_rule_needs_a_reason_and_the_reason_is_printed() -> None:
    lawful = choose("resident_reps_ordinary")
    stricter = replace(
        lawful.rule, passing=(Clause(Measure.HEADS, Fraction(2, 3), Bound.AT_LEAST, Base.PRESENT),)
    )
    for reason in ("", "  ", "试试"):
        with pytest.raises(Refusal) as refused:
            deviate(lawful, stricter, reason)
        assert refused.value.key == "matters.reason_missing"
    chosen = deviate(lawful, stricter, "议事规则第七条要求三分之二")
    assert (chosen.label, chosen.weaker, chosen.rule) == (Label.RESOLUTION, False, stricter)
    assert "本次另定规则，原因：议事规则第七条要求三分之二" in explain_matter(chosen)


def test_the_lawful_rule_itself_is_no_deviation() -> None:
    lawful = choose("fund_use")
    assert deviate(lawful, lawful.rule, "") == lawful


HALF_PRESENT = Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.PRESENT)


@pytest.mark.parametrize(
    "weaker",
    [
        {"quorum": ()},
        {"quorum": (Clause(Measure.HEADS, Fraction(1, 2), Bound.OVER, Base.ROLL),)},
        {"passing": (replace(HALF_PRESENT, bound=Bound.AT_LEAST),)},
        {"passing": (replace(HALF_PRESENT, base=Base.PARTICIPANTS),)},
        {"passing": (replace(HALF_PRESENT, share=Fraction(1, 3)),)},
        {"passing": (Either((HALF_PRESENT, replace(HALF_PRESENT, share=Fraction(1, 3)))),)},
        {"electorate": "residents18"},
    ],
)
def test_a_rule_below_the_law_gives_an_opinion_and_says_so(weaker: dict[str, object]) -> None:
    lawful = choose("resident_reps_ordinary")
    chosen = deviate(lawful, replace(lawful.rule, **weaker), "大家这样商量的")  # type: ignore[arg-type]
    assert chosen.label is Label.OPINION
    assert any("低于法定要求" in line for line in explain_matter(chosen))


@pytest.mark.parametrize(
    "stricter",
    [
        {"passing": (replace(HALF_PRESENT, base=Base.ROLL),)},
        {"passing": (replace(HALF_PRESENT, share=Fraction(2, 3), bound=Bound.AT_LEAST),)},
        {
            "passing": (
                Either((replace(HALF_PRESENT, base=Base.ROLL), replace(HALF_PRESENT, share=Fraction(3, 4)))),
            )
        },
        {"most_against": 0},
        {"minimum_present": 30},
    ],
)
def test_a_rule_above_the_law_keeps_its_force(stricter: dict[str, object]) -> None:
    lawful = choose("resident_reps_ordinary")
    chosen = deviate(lawful, replace(lawful.rule, **stricter), "大家这样商量的")  # type: ignore[arg-type]
    assert (chosen.label, chosen.weaker) == (Label.RESOLUTION, False)


def test_rules_can_be_kept_and_read_back() -> None:
    rules: list[Rule] = [
        choose(matter.id, route.id).rule for matter in matters().values() for route in matter.routes
    ]
    assert [parse_rule(dump_rule(rule)) for rule in rules] == rules


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("动用维修资金换电梯", {"fund_use"}),
        ("应急动用维修资金", {"emergency_repair"}),
        ("3号楼加装电梯", {"lift"}),
        ("要不要换物业", {"property_firm"}),
        ("业委会换届", {"owners_committee_election"}),
        ("修订村规民约", {"village_charter"}),
        ("一楼住改商", {"dwelling_to_business"}),
        ("筹资筹劳修路", {"village_levy"}),
        ("今天天气不错", set()),
    ],
)
def test_a_matter_is_found_by_what_people_call_it(said: str, expected: set[str]) -> None:
    assert {matter.id for matter in find(said)} == expected


def test_no_two_matters_share_a_word() -> None:
    words = [word for matter in matters().values() for word in (matter.name, *matter.words)]
    assert len(words) == len(set(words))


def test_who_may_hand_in_for_others_and_who_counts_from_afar() -> None:
    assert routes()["owners_ordinary"].proxies is Proxies.WRITTEN
    assert routes()["owners_committee"].proxies is Proxies.NONE
    assert not any(route.remote for route in routes().values())
    assert {route.id for route in routes().values() if route.deemed} == {"owners_ordinary", "owners_special"}
    assert {matter.id for matter in matters().values() if matter.picks} == {
        "property_firm",
        "owners_committee_election",
    }
    assert matters()["property_firm"].picks is Picks.FIRM
