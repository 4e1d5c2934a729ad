"""What was approved is what is printed: a paper comes back from its JSON word for word."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.papers.cleaning import clean
from handlers.papers.model import (
    Authorship,
    CheckRow,
    Edition,
    Field,
    Fields,
    Heading,
    Note,
    Paper,
    PaperKind,
    Paragraph,
    Period,
    SignatureLines,
    Table,
)
from handlers.papers.stored import dump, parse
from tests.handlers.papers.pile import EVERY, FULL, SORTS, Sort, named

words = st.text(max_size=40).map(clean)
blocks = st.one_of(
    st.builds(Heading, words),
    st.builds(Paragraph, words),
    st.builds(Note, words, words),
    st.builds(Fields, st.lists(st.builds(Field, words, words), max_size=3).map(tuple)),
    st.builds(CheckRow, words, st.lists(words, max_size=3).map(tuple)),
    st.builds(SignatureLines, st.lists(words, max_size=3).map(tuple)),
    st.builds(
        lambda cells: Table(("a", "b"), tuple(cells), (1, 2)), st.lists(st.tuples(words, words), max_size=3)
    ),
)
papers = st.builds(
    Paper,
    kind=st.sampled_from(PaperKind),
    edition=st.sampled_from(Edition),
    number=words,
    title=words,
    addressed_to=words,
    period=st.dates().map(lambda day: Period(day, day)),
    blocks=st.lists(blocks, max_size=6).map(tuple),
    signatures=st.lists(st.builds(Field, words, words), max_size=2).map(tuple),
    issuer=words,
    dated=st.dates(),
    made_at=st.datetimes(timezones=st.just(UTC)),
    check_url=words,
    authorship=st.sampled_from(Authorship),
    code=words,
)


@given(papers)
def test_any_paper_survives_being_kept(paper: Paper) -> None:
    assert parse(dump(paper)) == paper
    assert dump(parse(dump(paper))) == dump(paper)


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_every_kind_of_paper_comes_back_as_it_was(sort: Sort, edition: Edition) -> None:
    paper = sort.paper(edition)
    assert parse(dump(paper)) == paper
    assert "桂花居〔2026〕12号" in dump(paper)


def test_the_same_facts_make_the_same_text_twice() -> None:
    assert [dump(sort.paper(FULL)) for sort in SORTS] == [dump(sort.paper(FULL)) for sort in SORTS]


@pytest.mark.parametrize("damage", ["kind", "blocks", "dated", "period"])
def test_a_damaged_paper_is_not_read(damage: str) -> None:
    whole = json.loads(dump(SORTS[0].paper(FULL)))
    for broken in ({**whole, damage: "?"}, {name: value for name, value in whole.items() if name != damage}):
        with pytest.raises(ValueError, match="not a paper"):
            parse(json.dumps(broken))


def test_a_block_of_an_unknown_sort_or_an_uneven_row_is_not_read() -> None:
    whole = json.loads(dump(SORTS[0].paper(FULL)))
    uneven = {"headers": ["a"], "rows": [["1", "2"]], "widths": [1], "block": "table"}
    for block in ({"words": "?", "block": "poem"}, uneven):
        with pytest.raises(ValueError, match="not a paper"):
            parse(json.dumps({**whole, "blocks": [block]}))


def test_a_period_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="comes before"):
        Period(date(2026, 11, 2), date(2026, 11, 1))
    assert datetime(2026, 11, 1, tzinfo=UTC).date() <= Period(date(2026, 11, 1), date(2026, 11, 1)).last
