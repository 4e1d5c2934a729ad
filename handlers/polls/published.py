"""A closed poll as anybody may check it: its facts, its frozen roll without names, its ballots by receipt, chained.

The file, version 1 (`bot/recount` reads it, and shares no code with this):
`schema` · `poll` (the facts) · `rule` (clauses as the voting vectors write them) · `roll` {heads, area} ·
`electorate` [{receipt, area}] of an open poll, [] of a secret one · `ballots` [{receipt, choice, link}] sorted by
receipt, one for each entry whoever handed it in · `announced` {outcome, tally} and, where non-voters were counted
besides, `deemed`, of a vote in a room `idle` (who was present and cast nothing: receipts, of a secret poll how many) · `chain` {hash, head, end, seal}.
Version 2 is that of every kind but 赞成·反对·弃权: `ask` stands after `rule`, with all its fields {kind, options,
none_offered, places, most, lowest, highest, scored_by}; a `choice` is an object of one name, {abstain: {}},
{picks: {options}}, {scores: {marks}}, {ranking: {steps}} or {consent: {stance, reason}}, its numbers counting the
options from 1, 0 being 均不同意; `announced` is {outcome, count}, the count as `handlers.choices.stored` writes it,
and the outcome `sense` where nothing was to be decided and the rule was asked nothing.
What stands before `ballots` is the header. `head` is the SHA-256 of the header, each `link` that of the 32 bytes before it and
the ballot's {choice, receipt}; both as JSON in UTF-8 with sorted names and no blanks. `seal` is the beginning of
the last link, short enough to stand beside the verdict.
Nothing that may be renamed later is in the header, so that a seal can always be made again.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from handlers.polls.ballot_paper import paper_of
from handlers.receipts import receipt_of, written
from handlers.rules.rule import Measure, measures
from handlers.rules.stored import dump_rule, parse_rule
from handlers.texts import text
from storage.records import Ballot, Choice, Elector, Poll, PollState, Secrecy

SCHEMA = "yishi-poll-export/1"
SCHEMA_OF_KINDS = "yishi-poll-export/2"
_SEAL = 16
_GROUP = 4
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Link:
    """A ballot of the list as it is kept, and the hash of everything up to it."""

    receipt: str
    choice: str
    hash: str


@dataclass(frozen=True, slots=True)
class Published:
    """`header` is canonical JSON, `head` its hash, `links` the ballots in the order of their receipts."""

    header: str
    head: str
    links: tuple[Link, ...]

    @property
    def end(self) -> str:
        """The last hash of the chain."""
        return self.links[-1].hash if self.links else self.head

    @property
    def seal(self) -> str:
        """校验码: 1a2b-3c4d-5e6f-7081."""
        shown = self.end[:_SEAL]
        return "-".join(shown[start : start + _GROUP] for start in range(0, _SEAL, _GROUP))


def publish_openly(
    poll: Poll, electorate: Iterable[Elector], ballots: Iterable[Ballot], key: bytes
) -> Published:
    """Publish a 记名 poll: every entry of the roll stands under the receipt that its voter was given.

    Areas are told only where the rule counts them. Raises ValueError for a secret poll.
    """
    _require(poll, Secrecy.OPEN)
    by_area = Measure.AREA in measures(parse_rule(poll.rule))
    listed = {elector.member_id: elector for elector in electorate}
    receipts = {member_id: written(receipt_of(key, member_id)) for member_id in listed}
    areas = {
        receipt: _square_metres(listed[member_id]) if by_area else None
        for member_id, receipt in receipts.items()
    }
    entries = [{"receipt": receipt, "area": areas[receipt]} for receipt in sorted(areas)]
    return _publish(poll, entries, ((receipts[ballot.member_id], ballot.choice) for ballot in ballots))


def publish_secretly(poll: Poll, choices: Iterable[tuple[str, str]]) -> Published:
    """Publish a 无记名 poll from (receipt, choice): who took part is no part of it. ValueError for an open poll."""
    _require(poll, Secrecy.SECRET)
    return _publish(poll, [], ((written(receipt), choice) for receipt, choice in choices))


def exported(poll: Poll, published: Published) -> str:
    """The file's text: the list, and what was announced. Raises ValueError for a poll that has no verdict."""
    if poll.state is not PollState.CLOSED:
        raise ValueError(f"poll {poll.id} has no verdict")
    header: dict[str, object] = json.loads(published.header)
    ballots = [
        {"receipt": one.receipt, "choice": _said(one.choice), "link": one.hash} for one in published.links
    ]
    chain = {
        "hash": "sha256",
        "head": published.head,
        "end": published.end,
        "seal": published.seal,
    }
    names = ("schema", "poll", "rule", "ask", "roll", "electorate")
    whole: dict[str, object] = {name: header[name] for name in names if name in header}
    whole |= {"ballots": ballots, "announced": _announced(poll), "chain": chain}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def list_lines(poll: Poll, published: Published) -> tuple[str, ...]:
    """The ballots for a chat, one line for what they say: “赞成（21 张）：7K3-QF2、…”; never anybody's area.

    In the order of the choices; ballots of other kinds by how many say the same.
    """
    paper, piles = paper_of(poll), defaultdict[str, list[str]](list)
    for link in published.links:
        piles[link.choice].append(link.receipt)
    ordered = sorted(piles, key=lambda choice: (paper.place(choice), -len(piles[choice]), choice))
    return tuple(
        text(
            "recount.listed",
            choice=paper.words(choice),
            count=len(piles[choice]),
            receipts="、".join(piles[choice]),
        )
        for choice in ordered
    )


def _announced(poll: Poll) -> dict[str, object]:
    """What was told of the result: the strict one, and beside it what a rule lets stand there."""
    kept: dict[str, object] = json.loads(poll.verdict)
    void = {"void": poll.void} if poll.void else {}
    if poll.ask:
        counted = {name: kept[name] for name in kept if name != "recused"}
        return {"outcome": poll.outcome, "count": counted, **void}
    beside: dict[str, object] = {name: kept[name] for name in ("deemed", "idle") if name in kept}
    return {"outcome": poll.outcome, "tally": kept["tally"], **beside, **void}


def _said(choice: str) -> object:
    """A choice by its word, anything else as the object it is kept as."""
    return choice if choice in list(Choice) else json.loads(choice)


def _publish(
    poll: Poll, entries: list[dict[str, str | None]], ballots: Iterable[tuple[str, str]]
) -> Published:
    listed = sorted(ballots)
    said = {choice: _said(choice) for choice in {choice for _, choice in listed}}
    header = _canonical(_header(poll, entries))
    before = sha256(header.encode()).digest()
    head, links = before.hex(), []
    for receipt, choice in listed:
        ballot = _canonical({"receipt": receipt, "choice": said[choice]})
        before = sha256(before + ballot.encode()).digest()
        links.append(Link(receipt, choice, before.hex()))
    return Published(header, head, tuple(links))


def _header(poll: Poll, entries: list[dict[str, str | None]]) -> dict[str, object]:
    by_area = Measure.AREA in measures(parse_rule(poll.rule))
    area = f"{poll.roll_area:f}" if by_area and poll.roll_area is not None else None
    facts = {
        "id": f"{poll.year}-{poll.number}",
        "community": poll.community_id,
        "year": poll.year,
        "number": poll.number,
        "question": poll.question,
        "body": poll.body,
        "secrecy": poll.secrecy,
        "opens_at": poll.opens_at.astimezone(UTC).isoformat(),
        "closes_at": poll.closes_at.astimezone(UTC).isoformat(),
    }
    rule: dict[str, object] = json.loads(dump_rule(parse_rule(poll.rule)))
    roll = {"heads": poll.roll, "area": area}
    header: dict[str, object] = {
        "schema": SCHEMA,
        "poll": facts,
        "rule": rule,
        "roll": roll,
        "electorate": entries,
    }
    return header | {"schema": SCHEMA_OF_KINDS, "ask": json.loads(poll.ask)} if poll.ask else header


def _square_metres(elector: Elector) -> str:
    if elector.area is None:
        raise ValueError(f"member {elector.member_id} stands on a roll by area without one")
    return f"{elector.area:f}"


def _require(poll: Poll, secrecy: Secrecy) -> None:
    if poll.secrecy is not secrecy:
        raise ValueError(f"poll {poll.id} is not {secrecy}")


def _canonical(value: Mapping[str, object]) -> str:
    return _ENCODER.encode(value)
