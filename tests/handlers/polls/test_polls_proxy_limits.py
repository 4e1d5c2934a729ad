from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.bodies.catalogue import bodies
from handlers.matters.catalogue import routes
from handlers.matters.model import Proxies
from handlers.polls.proxy_limits import Limits, limits_of, require_allowed, require_holder
from handlers.refusals import Refusal
from storage.records import Member, Poll, PollState, Proxy, Secrecy

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
WRITTEN = Limits(Proxies.WRITTEN, 2, "示范文本")


def poll(body: str, route: str = "") -> Poll:
    matter = f'{{"matter": "x", "route": "{route}", "reason": ""}}' if route else ""
    return Poll(
        id=7, community_id=1, year=2026, number=1, topic_id=1, step_id=None, question="?", body=body, roll=3,
        roll_area=None, rule="{}", secrecy=Secrecy.OPEN, group_id=None, opened_by=None, opens_at=NOW,
        closes_at=NOW + timedelta(days=3), remind_at=None, state=PollState.OPEN, outcome="", verdict="",
        matter=matter,
    )  # fmt: skip


def person(number: int, door: str = "3-2-801", adult_at: datetime | None = None) -> Member:
    return Member(number, 1, f"人{number}", 1, door, None, "", f"C{number}", NOW, adult_at)


def proxy(giver: int, holder: int) -> Proxy:
    return Proxy(7, giver, holder, "委托书", 9, NOW)


def refused(limits: Limits, giver: Member, holder: Member, given: Sequence[Proxy] = ()) -> str:
    with pytest.raises(Refusal) as no:
        require_holder(limits, giver, holder, given, NOW)
    return no.value.key


def test_the_route_of_the_matter_goes_before_the_body() -> None:
    assert limits_of(poll("owners")).who is Proxies.WRITTEN
    assert limits_of(poll("owners", "owners_ordinary")).who is routes()["owners_ordinary"].proxies
    assert limits_of(poll("owners", "owners_committee")).who is Proxies.NONE
    assert limits_of(poll("collective_members")).who is Proxies.HOUSEHOLD


def test_only_owners_and_the_collective_know_proxies() -> None:
    assert {one.id for one in bodies().values() if one.proxies is not Proxies.NONE} == {
        "owners",
        "interested_owners",
        "collective_members",
    }
    assert all(one.proxy_basis for one in bodies().values() if one.proxies is not Proxies.NONE)


@pytest.mark.parametrize("body", ["villagers18", "residents18", "resident_reps", "owners_committee"])
def test_an_assembly_takes_none(body: str) -> None:
    with pytest.raises(Refusal):
        require_allowed(limits_of(poll(body)), poll(body))
    require_allowed(limits_of(poll("owners")), poll("owners"))


@pytest.mark.parametrize(
    ("cited", "most"), [("", 1), ("议事规则第8条", 1), ("议事规则第8条至多3份", 3), ("规约：每人２票", 2)]
)
def test_a_cited_number_of_papers_takes_the_place_of_ours(cited: str, most: int) -> None:
    assert limits_of(poll("owners"), cited).most == most


def test_the_number_is_counted_for_each_holder() -> None:
    one, other = person(1), person(2)
    require_holder(WRITTEN, one, other, [proxy(3, 2), proxy(4, 5), proxy(6, 5)], NOW)
    assert refused(WRITTEN, one, other, [proxy(3, 2), proxy(4, 2)]) == "polls.proxy_too_many"
    require_holder(replace(WRITTEN, most=None), one, other, [proxy(3, 2), proxy(4, 2)], NOW)


def test_a_holder_comes_of_age_at_the_moment_itself() -> None:
    assert refused(WRITTEN, person(1), person(2, adult_at=NOW + timedelta(seconds=1))) == "polls.proxy_minor"
    require_holder(WRITTEN, person(1), person(2, adult_at=NOW), [], NOW)


def test_the_household_is_the_door_and_no_door_is_no_household() -> None:
    household = replace(WRITTEN, who=Proxies.HOUSEHOLD)
    require_holder(household, person(1), person(2), [], NOW)
    assert refused(household, person(1), person(2, "3-2-802")) == "polls.proxy_household"
    assert refused(household, person(1, ""), person(2, "")) == "polls.proxy_household"


def test_no_chain_in_either_direction() -> None:
    assert refused(WRITTEN, person(1), person(2), [proxy(3, 1)]) == "polls.proxy_of_a_holder"
    assert refused(WRITTEN, person(1), person(2), [proxy(2, 3)]) == "polls.proxy_handed_on"
    assert refused(WRITTEN, person(1), person(1)) == "polls.proxy_oneself"
