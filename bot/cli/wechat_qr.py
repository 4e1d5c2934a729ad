"""`yishi wechat qr`: the codes of the Official Account for the walls, one poster for each place."""

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import Misused, Refused, command, family
from bot.cli.options import ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    from bot.config import Config
    from bot.platforms.wechat_calls import Line
    from bot.platforms.wire import Table
    from storage.records import Unit

Place = Annotated[str, typer.Argument(metavar="PLACE", help=text("cli_option.qr_place"))]
Everywhere = Annotated[bool, typer.Option("--all", help=text("cli_option.qr_all"))]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help=text("cli_option.qr_out"))]
_UNFIT = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(family(app, "wechat"), "wechat_qr", "qr")
    def qr(*, place: Place = "", out: Out, everywhere: Everywhere = False, config: ConfigFile = None) -> None:
        from bot.cli.opening import settle

        if bool(place) == everywhere:
            raise Misused(text("wechat_cli.qr_which"))
        asyncio.run(_make(settle(config), place, out))


async def _make(config: "Config", place: str, out: Path) -> None:
    from bot.cli.opening import opened
    from bot.cli.places import communities, places
    from bot.cli.wechat_line import account_line
    from bot.papers.lettering import find_font
    from bot.papers.poster import poster

    async with account_line(config) as line:
        async with opened(config.storage.url) as database:
            known = await database.read(places)
            above = {unit.id: unit.name for unit in await database.read(communities)}
        files = {out / name: unit for name, unit in _names(_wanted(known, place)).items()}
        _ready(out)
        made = 0
        for path, unit in files.items():
            if path.exists():
                continue
            _write(path, poster(_title(unit, above), await _address(line, unit)))
            made += 1
            typer.echo(text("wechat_cli.qr_written", path=path))
    typer.echo(text("wechat_cli.qr_sum", made=made, kept=len(files) - made))
    if find_font() is None:
        typer.echo(text("wechat_cli.qr_no_font"))


def _wanted(known: "list[Unit]", place: str) -> "list[Unit]":
    """All places, or those of this name or code. Refused when there is none."""
    from difflib import get_close_matches

    from handlers.members.chat import place_code

    if not known:
        raise Refused(text("cli.no_places"))
    found = [unit for unit in known if not place or place in {unit.name, place_code(unit)}]
    if found:
        return found
    near = get_close_matches(place, [unit.name for unit in known], n=1, cutoff=0.4)
    if near:
        raise Refused(text("wechat_cli.no_place_guess", place=place, guess=near[0]))
    raise Refused(text("wechat_cli.no_place", place=place))


def _names(wanted: "list[Unit]") -> "dict[str, Unit]":
    """The file names: that of the place, with its code where several places are called alike."""
    from handlers.members.chat import place_code

    names = [_UNFIT.sub("_", unit.name) for unit in wanted]
    return {
        f"{name}.png" if names.count(name) == 1 else f"{name}-{place_code(unit)}.png": unit
        for name, unit in zip(names, wanted, strict=True)
    }


async def _address(line: "Line", unit: "Unit") -> str:
    """What a permanent code for this place leads to (生成带参数的二维码: QR_LIMIT_STR_SCENE, 100,000 an account)."""
    from handlers.members.chat import place_code

    scene: Table = {"scene": {"scene_str": place_code(unit)}}
    answer = await line.ask("qrcode/create", {"action_name": "QR_LIMIT_STR_SCENE", "action_info": scene})
    url = answer.get("url")
    if not isinstance(url, str) or not url:
        raise Refused(text("wechat_cli.no_answer", reason="qrcode/create"))
    return url


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=folder, reason=fault.strerror)) from None


def _title(unit: "Unit", communities: "dict[int, str]") -> str:
    """What the place is called by somebody who stands elsewhere: its community comes first."""
    above = next(
        (communities[int(key)] for key in unit.path.split("/") if key and int(key) in communities), ""
    )
    return unit.name if unit.name.startswith(above) else f"{above}{unit.name}"


def _write(path: Path, drawn: bytes) -> None:
    """Write a poster whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_bytes(drawn)
        unfinished.replace(path)
    except OSError as fault:
        raise Refused(text("cli.unwritable", path=path, reason=fault.strerror)) from None
