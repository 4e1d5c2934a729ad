"""WeChat's XML: what is read from it, what is refused, and that xmltodict reads the same."""

from xml.sax.saxutils import escape

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wechat_xml import inside, quoted, read, said, texts_of
from bot.platforms.wire import Malformed

NAMES = st.sampled_from(["Content", "Event", "OptionIds", "OptionId", "a"])
WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"])) | st.just(
    " 两 头 "
)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(st.tuples(NAMES, inner), min_size=1, max_size=4), max_leaves=12
)


def written(tree: object, name: str = "xml") -> str:
    if isinstance(tree, list):
        return f"<{name}>\n{''.join(written(inner, within) for within, inner in tree)}</{name}>"
    words = str(tree)
    return f"<{name}>{quoted(words) if len(words) % 2 else escape(words)}</{name}>"


@given(st.lists(st.tuples(NAMES, TREES), min_size=1, max_size=5))
def test_whatever_wechat_may_write_is_read_as_xmltodict_reads_it(tree: list[tuple[str, object]]) -> None:
    document = written(tree)
    assert read(document) == xmltodict.parse(document)["xml"]


def test_texts_lists_and_what_stands_deeper_are_found_by_name() -> None:
    fields = read(
        "<xml><Event><![CDATA[ click ]]></Event><Ids><Id>1</Id><Id/><Id>2</Id></Ids><None></None></xml>"
    )
    assert (said(fields, "Event"), said(fields, "None"), said(fields, "Absent")) == ("click", "", "")
    (ids,) = inside(fields, "Ids")
    assert texts_of(ids, "Id") == ["1", "2"]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "早",
        "<xml>",
        "<xml/>",
        "<xml>words alone</xml>",
        "<html><a>1</a></html>",
        "<xml><a>1</b></xml>",
        "<xml><a>1</a></xml><xml><a>2</a></xml>",
        "<xml><a>&nobody;</a></xml>",
        "<xml><a>\ud800</a></xml>",
        '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>',
        '<!doctype xml SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>',
        "<a>" * 20_000,
    ],
)
def test_anything_else_is_refused(document: str) -> None:
    with pytest.raises(Malformed):
        read(document)
