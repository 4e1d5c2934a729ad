"""All commands under one name. Modules of commands are light: what is heavy they import when they run."""

import typer

from bot.cli import (
    channels,
    chat,
    check,
    demo,
    groups,
    import_chat,
    migrate,
    paper,
    poll_export,
    poll_roll,
    procedures,
    recount,
    roll,
    run,
    show,
    traces,
    understand,
    wechat_group,
    wechat_menu,
    wechat_qr,
)
from bot.cli.front import Front
from handlers.texts import text

app = typer.Typer(
    name="yishi",
    cls=Front,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=text("cli_help.yishi"),
    epilog=text("cli_example.yishi"),
)
for part in (
    demo,
    run,
    chat,
    migrate,
    check,
    channels,
    roll,
    groups,
    wechat_menu,
    wechat_qr,
    wechat_group,
    show,
    traces,
    understand,
    procedures,
    import_chat,
    recount,
    poll_export,
    poll_roll,
    paper,
):
    part.enter(app)
