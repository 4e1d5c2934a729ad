"""The public edition is made from the same facts, and nobody can be found in it."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.papers.face import face_of
from handlers.papers.facts import Contact, Person, Standing
from handlers.papers.lines import as_text, what_is_public
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import Authorship
from handlers.papers.naming import masked_door, masked_name
from handlers.papers.notice import notice_paper
from handlers.refusals import Refusal
from tests.handlers.papers import board, desk
from tests.handlers.papers.pile import FULL, INSIDE, PUBLIC, PUBLISHED, SORTS, Sort, named

SECRETS = "张建国说住3-1-302，电话13912345678或 139 1234 5678，李 秀兰在5-2-1101，身份证330106195001011234。"
LEAKS = (
    "张建国",
    "李秀兰",
    "李 秀兰",
    "302，",
    "5-2-1101",
    "13912345678",
    "139 1234 5678",
    "1912345678",
    "5001011234",
)
KEPT = {"number", "issuer", "check_url", "phone", "key", "url", "name", "post", "door"}


def gossiping(thing: Any) -> Any:
    """The same facts with the secrets behind every free word, however deep it lies."""
    if isinstance(thing, str):
        return thing + SECRETS
    if isinstance(thing, tuple):
        return tuple(gossiping(part) for part in thing)
    if isinstance(thing, Person) or not is_dataclass(thing):
        return thing
    told = {field.name: getattr(thing, field.name) for field in fields(thing) if field.init}
    free = {name: gossiping(value) for name, value in told.items() if name not in KEPT and not _plain(value)}
    return replace(cast(Any, thing), **free)


def _plain(value: object) -> bool:
    """Enumerations are strings too, but nobody writes into them; sums are made by the program."""
    return hasattr(value, "name") and isinstance(value, str)


@pytest.mark.parametrize("sort", PUBLISHED, ids=named)
def test_whatever_is_written_anywhere_no_resident_can_be_found_in_the_public_edition(sort: Sort) -> None:
    facts = without_sums(gossiping(sort.facts()), sort.facts())
    shown = "\n".join(what_is_public(sort.assemble(facts, PUBLIC)))
    assert "说住" in shown
    assert [leak for leak in LEAKS if leak in shown] == []


def without_sums(told: Any, facts: Any) -> Any:
    """The arithmetic is computed, not written: it is put back as it was."""
    for name in ("counted", "items", "notice"):
        if not hasattr(facts, name) or getattr(facts, name) is None:
            continue
        old, new = getattr(facts, name), getattr(told, name)
        if name == "counted":
            told = replace(told, counted=replace(new, arithmetic=old.arithmetic))
        elif name == "items":
            put_back = zip(new, old, strict=True)
            told = replace(told, items=tuple(without_sums(one, before) for one, before in put_back))
        else:
            told = replace(told, notice=without_sums(new, old))
    return told


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort.kind in INSIDE], ids=named)
def test_what_people_sign_or_mark_has_no_public_edition(sort: Sort) -> None:
    with pytest.raises(Refusal) as refused:
        sort.paper(PUBLIC)
    assert refused.value.key == "papers.never_public"


def test_a_full_edition_is_not_offered_for_publication() -> None:
    with pytest.raises(Refusal) as refused:
        what_is_public(minutes_paper(desk.minutes(), FULL))
    assert refused.value.key == "papers.not_public"


def test_the_record_says_who_spoke_and_the_minutes_do_not() -> None:
    record, public = (
        "\n".join(as_text(minutes_paper(desk.minutes(), edition))) for edition in (FULL, PUBLIC)
    )
    assert "张建国 ｜ 赞成 ｜ 我住3-1-302，腿脚不便，盼着装。" in record
    assert "孙大鹏（住院）" in record
    assert "【人工填写】会场在二楼，张建国家属代为签到。（何静（社区工作者））" in record
    assert "腿脚不便" not in public
    assert "住院" not in public
    assert "请假：1 人" in public
    assert "一楼采光没有补偿办法（李*）" in public
    assert "分摊系数 ｜ 张* ｜ 2026年12月10日" in public


def test_both_editions_tell_the_same_numbers() -> None:
    record, public = (as_text(minutes_paper(desk.minutes(), edition)) for edition in (FULL, PUBLIC))
    numbers = {line for line in record if "42×3=126" in line or line.startswith(("人数", "应到", "实到"))}
    assert len(numbers) == 5
    assert numbers <= set(public)


def test_officials_keep_name_and_post_and_offices_their_phone() -> None:
    shown = "\n".join(what_is_public(notice_paper(board.notice(), PUBLIC)))
    assert "桂花社区居委会，0571-63320001，工作日 8:30—17:00" in shown
    minutes = "\n".join(what_is_public(minutes_paper(desk.minutes(), PUBLIC)))
    assert "主持人：周明（居委会主任）" in minutes


def test_who_complained_is_shown_in_no_edition() -> None:
    facts = desk.minutes()
    facts = replace(
        facts, envelope=replace(facts.envelope, complainants=("张建国", "赵四海")), noted="赵四海投诉过。"
    )
    for edition in (FULL, PUBLIC):
        shown = "\n".join(as_text(minutes_paper(facts, edition)))
        assert "张建国" not in shown
        assert "赵" not in shown
    assert "有居民投诉过。" in "\n".join(as_text(minutes_paper(facts, FULL)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("张建国同意", "张*同意"),
        ("张 建 国同意", "张*同意"),
        ("张\u200b建国同意", "张*同意"),
        ("张\x00建国同意", "张*同意"),
        ("张建国家在3-1-302", "张*家在3-1-*02"),
        ("找周明，电话0571-63320001", "找周明，电话0571-63320001"),
        ("找我 138-0013-8000", "找我 （电话略）"),
        ("找我１３８００１３８０００吧", "找我（电话略）吧"),
        ("家里电话：63321234", "家里电话（电话略）"),
        ("阿依古丽来了", "阿*来了"),
        ("ANNA smith came", "A* came"),
        ("Herr Maaß kam", "Herr M* kam"),
        ("24×3=72 ≥ 35×2=70，18.6 万元，2026-11-28", "24×3=72 ≥ 35×2=70，18.6 万元，2026-11-28"),
    ],
)
def test_free_words_lose_names_doors_and_phones_and_nothing_else(written: str, shown: str) -> None:
    people = (
        desk.ZHANG,
        desk.CHAIR,
        Person("阿依古丽·买买提"),
        Person("Anna Smith"),
        Person("Maaß"),
        desk.OFFICE,
    )
    assert face_of(desk.ENVELOPE, people, FULL).words(written) != ""
    facts = replace(board.notice(), envelope=replace(desk.ENVELOPE, known=people[:-1]))
    assert face_of(facts.envelope, facts, PUBLIC).words(written) == shown


def test_a_resident_who_bears_an_officials_name_is_masked_where_nobody_can_tell_them_apart() -> None:
    envelope = replace(desk.ENVELOPE, known=(desk.CHAIR, Person("周明")))
    assert face_of(envelope, (), PUBLIC).words("周明说") == "周*说"
    assert face_of(envelope, (), PUBLIC).person(desk.CHAIR) == "周明（居委会主任）"


def test_an_offices_phone_inside_a_residents_longer_number_saves_it_from_nothing() -> None:
    facts = replace(board.notice(), oversight=Contact("监委会", "9123"))
    assert face_of(facts.envelope, facts, PUBLIC).words("打13991234567") == "打（电话略）"


@given(st.text(min_size=1, max_size=12), st.text(max_size=20), st.text(max_size=20))
def test_a_name_of_any_letters_never_survives_in_public(name: str, before: str, after: str) -> None:
    face = face_of(replace(desk.ENVELOPE, known=(Person(name),)), (), PUBLIC)
    plain = face_of(desk.ENVELOPE, (), FULL).words(name)
    if len(plain) > 1 and plain.isalpha():
        assert plain not in face.words(f"{before}{name}{after}").replace(masked_name(name), "")


def test_doors_keep_their_house_and_lose_their_room() -> None:
    doors = ("3-1-302", "12号楼2单元1101", "桂花苑甲502", "桂花路5号", "菜场边上", "")
    assert [masked_door(door) for door in doors] == [
        "3-1-*02",
        "12号楼2单元*01",
        "桂花苑甲*02",
        "桂花路*号",
        "*",
        "",
    ]
    assert Standing.RESIDENT is Person("张三").standing


def test_what_a_machine_drafted_says_so_and_what_a_person_wrote_does_not() -> None:
    facts = board.notice()
    drafted = replace(facts, envelope=replace(facts.envelope, authorship=Authorship.MACHINE))
    assert "AI 起草，人工审核" in what_is_public(notice_paper(drafted, PUBLIC))
    assert "AI 起草，人工审核" not in what_is_public(notice_paper(facts, PUBLIC))
