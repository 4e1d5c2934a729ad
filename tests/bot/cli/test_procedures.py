from pathlib import Path

import pytest

from handlers.procedures.loader import shipped_folder, shipped_ids
from tests.bot.cli.desk import Desk


def test_the_catalogue_is_listed(desk: Desk) -> None:
    assert {one["id"] for one in desk.objects("procedures", "list")} == shipped_ids()
    assert "四议两公开" in desk.done("procedures", "list")


def test_a_procedure_is_told_from_beginning_to_end(desk: Desk) -> None:
    shown = desk.done("procedures", "show", "四议两公开")
    assert shown.startswith("四议两公开（four_deliberations_two_publications）")
    assert shown == desk.done("procedures", "show", "four_deliberations_two_publications")


def test_a_name_that_is_several_or_none_is_refused_with_what_to_say(desk: Desk) -> None:
    assert "five_deliberations_a、" in desk.refused("procedures", "show", "五议两公开")
    assert "是要写“四议两公开”吗" in desk.refused("procedures", "show", "四议两公")
    assert "没有“xyzzy”" in desk.refused("procedures", "show", "xyzzy")


def test_a_sound_file_is_said_to_be_sound(desk: Desk) -> None:
    source = shipped_folder().joinpath("small_wishes.toml").read_text("utf-8")
    Path("ours.toml").write_text(source, "utf-8")
    assert "没有错误" in desk.done("procedures", "check", "ours.toml")


def test_every_fault_of_a_file_is_named_at_once(desk: Desk) -> None:
    source = shipped_folder().joinpath("small_wishes.toml").read_text("utf-8")
    Path("bad.toml").write_text(
        source.replace('kind = "collect"', 'kind = "gather"') + "\nnonsense = 1\n", "utf-8"
    )
    said = desk.refused("procedures", "check", "bad.toml")
    assert "gather" in said
    assert len(said.splitlines()) > 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"], ids=["missing", "not text"])
def test_a_file_that_cannot_be_read_is_refused(desk: Desk, content: bytes | None) -> None:
    if content is not None:
        Path("file.toml").write_bytes(content)
    assert "读不到 file.toml" in desk.refused("procedures", "check", "file.toml")
