"""What the doctor looks at here: whether the pass is given, and whether our own address is on the list of trusted ones."""

from bot.platforms.base import SendError
from bot.platforms.findings import Finding, Level
from bot.platforms.wechat_calls import STRANGER, Line, Refused

_BAD_CORP, _BAD_SECRET = 40013, frozenset({40001, 42001})
_NOT_ALLOWED = frozenset({48002, 60011, 301002})


async def examine(line: Line, agent_id: int, address: str) -> list[Finding]:
    """Ask for a pass and for the app itself; `address` is where callbacks reach us, "" when nowhere."""
    found = [await _connected(line, agent_id)]
    if address:
        found.append(_finding(Level.OK, "app_address", address=address))
    else:
        found.append(_finding(Level.ERROR, "app_nowhere"))
    return found


async def _connected(line: Line, agent_id: int) -> Finding:
    try:
        await line.token()
        answer = await line.ask("agent/get", agentid=str(agent_id))
    except Refused as no:
        return why(no)
    except SendError as fault:
        return _finding(Level.ERROR, "app_no_answer", reason=str(fault))
    return _finding(Level.OK, "app_connected", title=str(answer.get("name", "")))


def why(no: Refused) -> Finding:
    """What an errcode of WeCom's means for the administrator."""
    if no.code == STRANGER:
        return _finding(Level.ERROR, "app_stranger")
    if no.code == _BAD_CORP:
        return _finding(Level.ERROR, "app_bad_corp")
    if no.code in _BAD_SECRET:
        return _finding(Level.ERROR, "app_bad_secret")
    if no.code in _NOT_ALLOWED:
        return _finding(Level.ERROR, "app_not_allowed", code=str(no.code))
    return _finding(Level.ERROR, "app_refused", code=str(no.code))


def _finding(level: Level, key: str, **values: str) -> Finding:
    return Finding(level, f"wechat.{key}", tuple(values.items()))
