"""Fit everything that is learned to the examples that ship, and write it beside the lexicon. A quarter of an hour.

    python -m tests.bench.fitting [kinds|names|senses|alike …]

`kinds` are the weights of kinds and categories, `names` the tagger of places, `senses` the directions of what is said,
and `alike` the network that tells one matter from two. Without words all of them, in that order.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from handlers.intake import rows
from handlers.intake.aliases import Aliases
from handlers.intake.reading import ACTIONABLE, Reading, understand
from handlers.intake.tagging import read_tagger
from handlers.intake.training import Example, example_files, examples, fit
from handlers.intake.weights import Weights
from tests.bench.fitting import alike, names, senses

LEXICON = Path(__file__).parents[3] / "handlers" / "intake" / "lexicon"
FOLDS = 3
# Files of messages mixed as they are in life weigh more in what tells one matter from two; those whose many matters were
# put close together on purpose are left to the rest.
_LIFELIKE, _MORE = frozenset({"messages", "wards", "creeks", "yards", "harbours", "ridges"}), 3
_CLOSE = frozenset(
    [
        "pastures",
        "railways",
        "hillsides",
        "ports",
        "gardens",
        "resorts",
        "plains",
        "karst",
        "mines",
        "campuses",
        "borders",
        "canals",
        "highlands",
        "bays",
        "roundhouses",
        "forests",
        "lilongs",
        "junctions",
        "afterthoughts",
        "endings",
    ]
)
_PARTS = ("kinds", "names", "senses", "alike")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=" ".join(_PARTS))
    wanted = parser.parse_args().parts or _PARTS
    if unknown := set(wanted) - set(_PARTS):
        parser.error(f"no such part: {' '.join(sorted(unknown))}")
    known = examples()
    if "kinds" in wanted:
        _write("learned.tsv", fit(known).written())
    if "names" in wanted:
        _write("names.tsv", rows.written(names.fit(names.labelled(known))))
    if "senses" in wanted:
        _write("senses.tsv", rows.written(senses.fit(known)))
    if "alike" in wanted:
        with ProcessPoolExecutor(FOLDS) as folds:
            pairs = [pair for found in folds.map(_pairs, range(FOLDS)) for pair in found]
        _write("alike.json", alike.fit(pairs) + "\n")


def _write(name: str, text: str) -> None:
    (LEXICON / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(text):,} characters")


def _pairs(fold: int) -> list[tuple[list[int], bool]]:
    """The pairs of each file of one fold, read by what was learned from other files."""
    parts = {name.removesuffix(".jsonl"): part for name, part in example_files().items()}
    held = [name for name, part in parts.items() if any(one.same for one in part)][fold::FOLDS]
    aliases = Aliases(
        weights=_learned([one for name, part in parts.items() if name not in held for one in part])
    )
    return [
        pair
        for name in held
        if name not in _CLOSE
        for pair in alike.pairs(_read(parts[name], aliases))
        for _ in range(_MORE if name in _LIFELIKE else 1)
    ]


def _read(part: Sequence[Example], aliases: Aliases) -> list[tuple[Reading, str]]:
    """The matters among the examples and the groups they are of."""
    return [
        (understand(one.text, aliases=aliases).reading, one.same)
        for one in part
        if one.place is not None and one.kind in ACTIONABLE
    ]


def _learned(known: Sequence[Example]) -> Weights:
    kinds = fit(known)
    sense = dict(rows.read(rows.written(senses.fit(known))))
    tagger = read_tagger(rows.written(names.fit(names.labelled(known))))
    return Weights(kinds.kind, kinds.category, sense, tagger)


if __name__ == "__main__":
    main()
