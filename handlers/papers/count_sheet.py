"""计票单: every number a stranger needs to reach the verdict again, paper and online apart."""

from collections.abc import Iterable
from itertools import groupby

from handlers.papers.assembling import Content, days, enclose, fields, said
from handlers.papers.counted import check_counts, counts_table
from handlers.papers.face import Face, face_of
from handlers.papers.facts import CountSheetFacts, MeasureCount, Stack
from handlers.papers.model import Block, Edition, Heading, Paper, PaperKind, Paragraph, SignatureLines, Table
from handlers.papers.required import demand, label
from handlers.papers.wording import amount, long_moment, stretch
from handlers.refusals import Refusal
from handlers.rules.rule import Measure
from handlers.rules.tally import Amount, plus
from handlers.rules.wording import plain
from handlers.texts import text

PILES = ("issued", "served", "returned", "valid", "void", "duplicate", "yes", "no", "abstain")


def count_sheet_paper(facts: CountSheetFacts, edition: Edition) -> Paper:
    """Assemble the sheet. Refusal where fields are missing, or where the piles do not add up to the tally."""
    _demand(facts)
    check_counts(facts.counted)
    _check(facts)
    face = face_of(facts.envelope, facts, edition)
    zone = facts.envelope.zone
    content = Content(
        title=text("papers.title_count_sheet", question=facts.question),
        period=days(facts.opened_at.astimezone(zone).date(), facts.closed_at.astimezone(zone).date()),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.COUNT_SHEET, facts.envelope, face, content)


def _demand(facts: CountSheetFacts) -> None:
    wanted = (
        (label("topic"), facts.question),
        (label("counts"), facts.counted.counts),
        (label("rule"), facts.counted.rule),
        (label("arithmetic"), facts.counted.arithmetic),
        (label("result"), facts.counted.outcome),
        (label("by_channel"), facts.stacks),
        (label("counters"), facts.counters),
        (label("overseers"), facts.overseers),
        (label("count_place"), facts.place),
    )
    demand(PaperKind.COUNT_SHEET, facts.envelope, wanted)


def _check(facts: CountSheetFacts) -> None:
    """What came back is valid, void or a duplicate; what is valid was cast; the channels make the tally."""
    wrong = [text("papers.pile_of", channel=_channel(stack)) for stack in facts.stacks if not _whole(stack)]
    wrong += [
        text("papers.pile_total", measure=text(f"rules.measure_{count.measure}"))
        for count in facts.counted.counts
        if not _make_up(facts.stacks, count)
    ]
    if wrong:
        raise Refusal("papers.piles_disagree", piles=text("papers.and").join(dict.fromkeys(wrong)))


def _whole(stack: Stack) -> bool:
    back = plus(plus(stack.valid, stack.void), stack.duplicate)
    cast = plus(plus(stack.yes, stack.no), stack.abstain)
    return back == stack.returned and cast == stack.valid and min(_piles(stack)) >= 0


def _make_up(stacks: tuple[Stack, ...], count: MeasureCount) -> bool:
    """Whether the piles hold the tally's votes, and no more ballots than took part."""
    mine = [stack for stack in stacks if stack.measure is count.measure]
    in_hand = plus(_sum(stack.valid for stack in mine), _sum(stack.void for stack in mine))
    return _cast(stacks, count.measure) == (count.yes, count.no, count.abstain) and in_hand <= count.present


def _cast(stacks: tuple[Stack, ...], measure: Measure) -> tuple[Amount, Amount, Amount]:
    """For, against and abstentions in one measure, all channels together."""
    mine = [stack for stack in stacks if stack.measure is measure]
    return (
        _sum(stack.yes for stack in mine),
        _sum(stack.no for stack in mine),
        _sum(stack.abstain for stack in mine),
    )


def _sum(piles: Iterable[Amount]) -> Amount:
    total: Amount = 0
    for pile in piles:
        total = plus(total, pile)
    return total


def _piles(stack: Stack) -> tuple[Amount, ...]:
    back = (stack.returned, stack.valid, stack.void, stack.duplicate)
    return (stack.issued, stack.served, *back, stack.yes, stack.no, stack.abstain)


def _blocks(face: Face, facts: CountSheetFacts) -> list[Block]:
    zone = facts.envelope.zone
    head = fields(
        ("question", face.words(facts.question)),
        ("window", stretch(facts.opened_at, facts.closed_at, zone)),
        ("count_time", long_moment(facts.counted_at, zone)),
        ("count_place", face.words(facts.place)),
    )
    who = fields(
        ("counters", face.people(facts.counters)),
        ("overseers", face.people(facts.overseers)),
        ("photos", text("papers.and").join(said(face, facts.photos))),
    )
    signatures = SignatureLines((label("counters"), label("overseers")))
    return [head, *_numbers(face, facts), *_verdict(face, facts), who, signatures]


def _numbers(face: Face, facts: CountSheetFacts) -> list[Block]:
    ordered = sorted(facts.stacks, key=_order)
    tables = [_by_channel(tuple(group)) for _, group in groupby(ordered, key=lambda stack: stack.measure)]
    reasons = (text("papers.void_value", reason=reason, count=count) for reason, count in facts.void_reasons)
    spoiled = text("papers.comma").join(reasons) or text("papers.none")
    kept = face.words(facts.kept) or text("papers.none")
    return [
        Heading(label("by_channel")),
        *tables,
        fields(("void_reasons", face.words(spoiled)), ("kept", kept)),
        Heading(label("counts")),
        counts_table(facts.counted),
    ]


def _order(stack: Stack) -> int:
    return list(Measure).index(stack.measure)


def _by_channel(stacks: tuple[Stack, ...]) -> Table:
    """Channels as columns and piles as rows, so that the sums stand at the right edge."""
    columns = [_piles(stack) for stack in stacks]
    measure = stacks[0].measure
    headers = (text(f"papers.in_{measure}"), *(_channel(stack) for stack in stacks), label("total"))
    rows = tuple(
        (label(name), *(plain(pile) for pile in piles), plain(_sum(piles)))
        for name, piles in zip(PILES, zip(*columns, strict=True), strict=True)
    )
    return Table(headers, rows, (4,) * len(headers))


def _verdict(face: Face, facts: CountSheetFacts) -> list[Block]:
    joined = "\n".join(said(face, facts.joined)) or text("papers.not_counted_so")
    return [
        Heading(label("judgement")),
        fields(
            ("rule", face.words("\n".join(facts.counted.rule))),
            ("roll", text("papers.and").join(_roll(count) for count in facts.counted.counts)),
            ("arithmetic", "\n".join(facts.counted.arithmetic)),
            ("result", face.words(facts.counted.outcome)),
            ("joined", joined),
        ),
        Paragraph(text("papers.recompute")),
    ]


def _roll(count: MeasureCount) -> str:
    return amount(count.measure, count.roll)


def _channel(stack: Stack) -> str:
    return text(f"papers.channel_{stack.channel}")
