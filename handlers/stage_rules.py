"""A stage's rule as JSON, so that it can travel in an event and be kept with what it decides."""

import json

from handlers.procedures.model import Share, StageRule


def rule_json(rule: StageRule | None) -> str:
    """A stage's rule as the fields it was written in; "" when it has none."""
    if rule is None or (rule.quorum is None and rule.passing is None):
        return ""
    fields: dict[str, object] = {"measures": list(rule.measures), "grade": rule.grade}
    fields |= _share("quorum", rule.quorum) | _share("pass", rule.passing)
    return json.dumps(fields, ensure_ascii=False)


def _share(name: str, share: Share | None) -> dict[str, object]:
    if share is None:
        return {}
    return {name: str(share.fraction), f"{name}_op": share.op, f"{name}_base": share.base}
