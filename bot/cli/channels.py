"""`yishi channels`: what each connected channel can do, and what is done instead where it cannot."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.front import command
from bot.cli.options import AsJson, ConfigFile
from handlers.texts import text

if TYPE_CHECKING:
    from bot.config import Config
    from bot.platforms.abilities import Abilities

Every = Annotated[bool, typer.Option("--all", help=text("cli_option.all_channels"))]
_COLUMNS = ("channel", "hears", "buttons", "edits", "takes_back", "push", "rings", "files", "length")


def enter(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "channels")
    def channels(every: Every = False, config: ConfigFile = None, as_json: AsJson = False) -> None:
        from bot.cli.opening import settle
        from bot.cli.screen import show_json, show_table
        from bot.platforms.abilities import TABLE

        rows = list(TABLE) if every else connected(settle(config))
        if as_json:
            for row in rows:
                show_json(_object(row))
            return
        show_table(_COLUMNS, [_cells(row) for row in rows], "channels.none")
        for row in rows:
            typer.echo(text("channels.instead", name=_name(row)))
            for key in instead(row):
                typer.echo(text("channels.line", said=text(f"channels_instead.{key}")))


def connected(config: "Config") -> "list[Abilities]":
    """The channels this configuration opens, in the order of the table."""
    from bot.platforms.abilities import TABLE, URL
    from bot.platforms.wecom_aibot_settings import Mode

    is_url = config.wecom_aibot.mode is Mode.URL
    is_open = {
        "telegram": config.telegram.configured,
        "wecom_aibot": config.wecom_aibot.configured and not is_url,
        URL: config.wecom_aibot.configured and is_url,
        "wecom_app": config.wecom_app.configured,
        "wechat_oa": config.wechat_oa.configured,
        "wecom_webhook": config.wecom_webhook.configured,
    }
    return [row for row in TABLE if is_open[row.channel]]


def instead(row: "Abilities") -> list[str]:
    """What an operator should know that the channel cannot do: the keys of `channels_instead`."""
    from bot.platforms.abilities import Edits, Push, Rings, Sent

    lacks = {
        **_of_groups(row),
        "numbers": not row.buttons and row.private,
        "after_a_press": row.edits is Edits.AFTER_A_PRESS,
        "once_a_press": row.edits is Edits.ONCE_A_PRESS,
        "never_edited": row.edits is Edits.NEVER,
        "never_taken_back": row.takes_back is None,
        "once_spoken": row.push is Push.ONCE_SPOKEN,
        "lately_spoken": row.push is Push.LATELY_SPOKEN,
        "nobody": row.push is Push.NOBODY,
        "by_webhook": row.rings is Rings.BY_WEBHOOK,
        "no_file": not row.files,
        "pictures_only": len(row.files) == 1,
        "no_place": row.private and Sent.PLACE not in row.sent,
    }
    return [key for key, lacking in lacks.items() if lacking]


def _of_groups(row: "Abilities") -> dict[str, bool]:
    from bot.platforms.abilities import Groups, Hears

    return {
        "mentions": row.hears is Hears.MENTIONS,
        "made_groups": row.groups is Groups.MADE,
        "no_groups": row.groups is Groups.NONE,
        "only_speaks": not row.private,
    }


def _cells(row: "Abilities") -> tuple[str, ...]:
    hours = row.takes_back.total_seconds() // 3600 if row.takes_back else 0
    return (
        _name(row),
        _hears(row),
        _buttons(row),
        text(f"channels_edits.{row.edits.value}"),
        text("channels.hours", count=int(hours)) if hours else text("channels.no"),
        text(f"channels_push.{row.push.value}"),
        text(f"channels_rings.{row.rings.value}"),
        _files(row),
        text(f"channels.{row.unit.value}", count=row.length),
    )


def _name(row: "Abilities") -> str:
    return text(f"channels_name.{row.channel}")


def _hears(row: "Abilities") -> str:
    from bot.platforms.abilities import Groups

    if row.groups is Groups.NONE:
        return text("channels.single")
    groups = text(f"channels_hears.{row.hears.value}")
    return text("channels.and_single", groups=groups) if row.private else groups


def _buttons(row: "Abilities") -> str:
    if not row.buttons:
        return text("channels.numbers")
    return text("channels.vote_cards" if row.vote_card else "channels.buttons", count=row.buttons)


def _files(row: "Abilities") -> str:
    if len(row.files) > 1:
        return text("channels.every_file")
    return text("channels.pictures_only" if row.files else "channels.no_file")


def _object(row: "Abilities") -> dict[str, object]:
    return {
        "channel": row.channel,
        "private": row.private,
        "groups": row.groups.value,
        "hears": row.hears.value,
        "buttons": row.buttons,
        "vote_card": row.vote_card,
        "edits": row.edits.value,
        "takes_back_hours": row.takes_back.total_seconds() // 3600 if row.takes_back else None,
        "push": row.push.value,
        "rings": row.rings.value,
        "files": sorted(kind.value for kind in row.files),
        "length": row.length,
        "unit": row.unit.value,
        "sent": sorted(kind.value for kind in row.sent),
        "instead": [text(f"channels_instead.{key}") for key in instead(row)],
    }
