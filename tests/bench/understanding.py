"""How well messages are understood, and how fast: a table and a line of JSON.

    python -m tests.bench.understanding [--folds N] [--data FOLDER] [--speed]

Figures come from the fixtures beside the tests, which no weight has seen, and with `--folds` from the examples, each
fold judged by weights fitted to the others. `--data` adds a folder laid out like the project's shared data (real text
that is not part of the project). What ships is fitted by `python -m tests.bench.fitting`.
"""

import argparse
import json
import random
import statistics
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from telegram import Update

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.door import concerns
from handlers.intake.likeness import SAME, same_matter
from handlers.intake.matters import Known, Matters
from handlers.intake.reading import ACTIONABLE, Understanding, understand
from handlers.intake.training import Example, examples, fit
from storage.records import Category, Kind
from tests.bench.town import chatter as chatter_update
from tests.places import found

FIXTURES = Path(__file__).parent.parent / "handlers" / "intake" / "fixtures"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAST = 100_000
QUESTIONS = ("？", "?", "咨询", "请问", "询问")
FAULTS = (
    "电梯坏了", "路灯不亮", "下水道堵了", "停水了", "停电了", "楼道堆满杂物", "飞线充电", "垃圾没人清", "门禁坏了", "漏水",
    "狗不牵绳", "高空抛物", "暖气不热", "装修太吵",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a number."""

    hits: float
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def f1(pairs: Iterable[tuple[bool, bool]]) -> Share:
    both, one = 0, 0
    for wanted, heard in pairs:
        both += 2 * (wanted and heard)
        one += wanted + heard
    return Share(both, one)


def judged(pairs: list[tuple[Kind, Category, Understanding]]) -> dict[str, Share]:
    matters = [
        (category, said)
        for kind, category, said in pairs
        if kind in ACTIONABLE and category is not Category.NONE
    ]
    urgent = [(kind is Kind.URGENT, said.kind is Kind.URGENT) for kind, _, said in pairs]
    return {
        "actionable F1": f1((kind in ACTIONABLE, said.kind in ACTIONABLE) for kind, _, said in pairs),
        "urgent recall": Share(sum(a and b for a, b in urgent), sum(a for a, _ in urgent)),
        "urgent precision": Share(sum(a and b for a, b in urgent), sum(b for _, b in urgent)),
        "kind": Share(sum(kind is said.kind for kind, _, said in pairs), len(pairs)),
        "category": Share(sum(category is said.category for category, said in matters), len(matters)),
    }


def duplicates(rows: list[dict[str, Any]], said: list[Understanding]) -> dict[str, Share]:
    found = wanted = both = 0
    matters = [
        (row["writer"], row["same"], one.reading)
        for row, one in zip(rows, said, strict=True)
        if row["kind"] in ACTIONABLE
    ]
    for at, (writer, group, reading) in enumerate(matters):
        for other_writer, other_group, other in matters[:at]:
            if writer == other_writer:
                same, gold = same_matter(reading, other).score >= SAME, bool(group) and group == other_group
                found, wanted, both = found + same, wanted + gold, both + (same and gold)
    return {"duplicates precision": Share(both, found), "duplicates recall": Share(both, wanted)}


def ends(rows: list[dict[str, Any]], said: list[Understanding]) -> dict[str, Share]:
    both = sum(row["resolves"] and one.resolves for row, one in zip(rows, said, strict=True))
    wanted, found = sum(row["resolves"] for row in rows), sum(one.resolves for one in said)
    return {"told to be over, recall": Share(both, wanted), "told to be over, precision": Share(both, found)}


def fixtures() -> dict[str, Share]:
    rows = lines(FIXTURES / "messages.jsonl")
    said = [understand(row["text"]) for row in rows]
    placed = [
        found(row["place"], one.place)
        for row, one in zip(rows, said, strict=True)
        if row["place"] and Kind(row["kind"]) in ACTIONABLE
    ]
    chatter = [understand(row["text"]).kind in ACTIONABLE for row in lines(FIXTURES / "chatter.jsonl")]
    return {
        **judged([(Kind(r["kind"]), Category(r["category"]), s) for r, s in zip(rows, said, strict=True)]),
        "place": Share(sum(placed), len(placed)),
        **ends(rows, said),
        **duplicates(rows, said),
        "false alarms on chatter": Share(sum(chatter), len(chatter)),
    }


def folds(number: int) -> dict[str, Share]:
    """Each part of the examples judged by weights that have not seen it; the lexicon has been read beside them."""
    parts: list[list[Example]] = [[] for _ in range(number)]
    for one in examples():
        parts[zlib.crc32(one.text[:4].encode()) % number].append(one)
    pairs = []
    for held in parts:
        aliases = Aliases(weights=fit([one for part in parts if part is not held for one in part]))
        pairs += [(one.kind, one.category, understand(one.text, aliases=aliases)) for one in held]
    return judged(pairs)


def real(folder: Path) -> dict[str, Share]:
    """Real text: chat, reviews, citizens' letters and pairs of them, where the folder has them."""
    found: dict[str, Share] = {}
    for name, file in (
        ("real chat, false alarms", "chat_lines"),
        ("real reviews, false alarms", "angry_but_not_civic"),
    ):
        hits = [
            understand(row["text"]).kind in ACTIONABLE for row in lines(folder / "real" / f"{file}.jsonl")
        ]
        found[name] = Share(sum(hits), len(hits))
    titles = [row["title"] for row in lines(folder / "real" / "complaints.jsonl")]
    stated = [
        title for title in titles if not any(mark in title for mark in QUESTIONS) and not title.endswith("吗")
    ]
    found["real letters found"] = Share(
        sum(understand(title).kind in ACTIONABLE for title in stated), len(stated)
    )
    found["real pairs, area under the curve"] = area(lines(folder / "real" / "same_matter_pairs.jsonl"))
    return found


def area(pairs: list[dict[str, Any]]) -> Share:
    scores = [
        (same_matter(understand(p["a"]).reading, understand(p["b"]).reading).score, p["same"]) for p in pairs
    ]
    same, other = [s for s, gold in scores if gold], [s for s, gold in scores if not gold]
    return Share(sum((s > o) + 0.5 * (s == o) for s in same for o in other), len(same) * len(other))


def full_memory() -> Matters:
    matters, chance = Matters(), random.Random(1)
    for number in range(PAST):
        text = f"{chance.randint(1, 60)}号楼{chance.randint(1, 4)}单元{chance.choice(FAULTS)}，麻烦处理一下"
        matters.add(Known(number, understand(text).reading, NOW - timedelta(minutes=PAST - number)))
    return matters


def median(act: Callable[[str], object], texts: list[str]) -> float:
    """Microseconds a message, the median of the best of five rounds."""
    best = [float("inf")] * len(texts)
    for _ in range(5):
        for at, text in enumerate(texts):
            begun = time.perf_counter()
            act(text)
            best[at] = min(best[at], time.perf_counter() - begun)
    return round(statistics.median(best) * 1e6, 1)


def speed() -> dict[str, float]:
    matters, since = full_memory(), NOW - timedelta(days=30)
    texts = [one.text for one in examples() if one.place is not None]
    chatter = [row["text"] for row in lines(FIXTURES / "chatter.jsonl")]

    def whole(text: str) -> object:
        return matters.like(understand(text, aliases=NONE).reading, since=since)

    understood, peer = median(whole, texts), median(parsed, texts)
    return {
        "µs at the door, chatter": median(concerns, chatter),
        "µs understood, with duplicates": understood,
        "µs in Update.de_json": peer,
        "ratio": round(understood / peer, 2),
    }


def parsed(text: str) -> object:
    """What python-telegram-bot makes of the update that brings the text."""
    return Update.de_json(json.loads(chatter_update(1, text)), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    table = fixtures()
    if asked.folds:
        table |= {f"{name}, in {asked.folds} folds": share for name, share in folds(asked.folds).items()}
    if asked.data:
        table |= real(asked.data)
    for name, share in table.items():
        print(f"{name:36} {share.value:6.3f}  of {share.of}")
    figures: dict[str, float] = {name: round(share.value, 4) for name, share in table.items()}
    if asked.speed:
        figures |= (times := speed())
        for name, value in times.items():
            print(f"{name:36} {value:6.1f}")
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
