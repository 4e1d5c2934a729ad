"""The naive poll's people, as the program's own records."""

from decimal import Decimal

from handlers.rules.tally import Measures, Tally, take_tally
from storage.records import Choice
from tests.handlers.rules.naive import Person

CHOICES = {"yes": Choice.FOR, "no": Choice.AGAINST, "abstain": Choice.ABSTAIN}


def tally_of(people: list[Person]) -> Tally:
    roll = {
        number: Measures(1, Decimal(person.area) / 10_000, person.households)
        for number, person in enumerate(people)
    }
    choices = {
        number: CHOICES[person.doing] for number, person in enumerate(people) if person.doing in CHOICES
    }
    present = [number for number, person in enumerate(people) if person.doing == "idle"]
    return take_tally(roll, choices, present)


def heads(roll: int, participation: int, yes: int, no: int, abstain: int = 0) -> Tally:
    return Tally(*(Measures(number) for number in (roll, participation, yes, no, abstain)))
