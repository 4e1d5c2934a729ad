"""Whatever comes in whatever order, the result is what a patient person with a list would find."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.messages import Pressed
from tests.handlers.polls.replays import GROUP, LABELS, VOTERS, Hall, hall

numbers = st.integers(1, VOTERS)
choices = st.sampled_from(sorted(LABELS))
votes = st.tuples(st.just("votes"), numbers, choices)
steps = st.one_of(
    votes,
    votes,
    st.tuples(st.just("says"), numbers, choices),
    st.tuples(st.just("paper"), numbers, choices),
    st.tuples(st.just("stranger"), numbers, choices),
    st.tuples(st.just("again"), st.integers(0, 20), choices),
    st.tuples(st.just("later"), st.integers(1, 60), choices),
    st.tuples(st.just("extend"), st.integers(1, 48), choices),
    st.tuples(st.just("end"), numbers, choices),
    st.tuples(st.just("restart"), numbers, choices),
)
Step = tuple[str, int, str]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
PHASES = [
    Phase.explicit,
    Phase.generate,
]  # a failure is told as it was found: making it smaller takes too long
MANY = settings(max_examples=18, deadline=None, derandomize=True, suppress_health_check=SLOW, phases=PHASES)
FEWER = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=SLOW, phases=PHASES)


@dataclass
class Ledger:
    """The list: who said what, and on what they said it. A paper stands; the chat may change its mind."""

    said: dict[int, str] = field(default_factory=dict)
    on_paper: set[int] = field(default_factory=set)

    def hears(self, number: int, choice: str) -> None:
        if number not in self.on_paper:
            self.said[number] = choice

    def reads(self, number: int, choice: str) -> None:
        if number not in self.said:
            self.said[number] = choice
            self.on_paper.add(number)

    def outcome(self) -> str:
        """At least two thirds of all must come, and more than half of those who came agree."""
        came, yes = len(self.said), list(self.said.values()).count("for")
        if came + came + came < VOTERS + VOTERS:
            return "invalid_quorum"
        return "passed" if yes + yes > came else "rejected"


@given(st.lists(steps, max_size=14))
@MANY
def test_any_order_of_votes_changes_extensions_and_closes_comes_out_as_the_list_says(
    story: list[Step],
) -> None:
    ledger = Ledger()
    with hall() as here:
        for step in story:
            _play(here, ledger, step)
            assert here.ballots() == ledger.said
        here.world.later(until=max(here.closes_at, here.world.clock.now()))
        assert here.ballots() == ledger.said
        assert here.result()[0] == ledger.outcome()
        assert sum(heads for (heads,) in here.world.rows("SELECT heads FROM turnouts")) == len(ledger.said)
        assert here.world.parked() == []


@given(
    st.dictionaries(numbers, choices, min_size=1),
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from(("again", "restart", "changed")), max_size=6),
)
@FEWER
def test_the_result_and_its_seal_know_nothing_of_the_order_the_restarts_or_the_repeats(
    cast: dict[int, str], dice: object, disturbances: list[str]
) -> None:
    with hall() as plain:
        for number, choice in sorted(cast.items()):
            plain.votes(number, choice)
        plain.world.later(until=plain.closes_at)
        expected = plain.result()
    with hall() as rough:
        order = sorted(cast.items(), key=lambda _: dice.random())  # type: ignore[attr-defined]
        for place, (number, choice) in enumerate(order):
            _disturb(rough, disturbances[place : place + 1], number)
            rough.votes(number, choice)
        rough.world.arrive_together(rough.presses)
        rough.world.later(until=rough.closes_at)
        assert rough.result() == expected


def _disturb(here: Hall, how: list[str], number: int) -> None:
    if how == ["again"]:
        here.world.arrive_together(here.presses)
    elif how == ["restart"]:
        here.world.restart()
    elif how == ["changed"]:
        for choice in LABELS:
            here.votes(number, choice)


def _play(here: Hall, ledger: Ledger, step: Step) -> None:
    what, number, choice = step
    counted = here.open and here.world.clock.now() < here.closes_at
    if what in {"votes", "says", "paper"} and counted:
        (ledger.reads if what == "paper" else ledger.hears)(number, choice)
    _do(here, what, number, choice)


def _do(here: Hall, what: str, number: int, choice: str) -> None:
    world = here.world
    match what:
        case "votes":
            here.votes(number, choice)
        case "says":
            world.people[f"代表{number}"].says(f"表决 议1 {LABELS[choice]}")
        case "paper":
            words = f"代录 议1 代表{number} {LABELS[choice]} 见证 老李"
            world.people["网格员小王"].says(words, to="网格员群")
        case "stranger":
            press = Pressed(f"poll.cast:1:{choice}", "x", "q")
            world.arrive(world.groups[GROUP], press, world.stranger("路人").sender)
        case "again":
            world.arrive_together(here.presses[number:])
        case _:
            _pass_time(here, what, number)


def _pass_time(here: Hall, what: str, number: int) -> None:
    office = here.world.people["文书小周"]
    match what:
        case "later":
            here.world.later(hours=number)
        case "extend":
            office.says(f"延长表决 议1 {number}小时 还有人在外地", to="两委群")
        case "end":
            office.says("截止表决 议1", to="两委群")
        case "restart":
            here.world.restart()
