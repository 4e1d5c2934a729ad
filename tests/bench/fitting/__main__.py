"""Fit everything that is learned to the examples that ship, and write it beside the lexicon. Some eight minutes.

    python -m tests.bench.fitting [kinds|names|senses|alike …]

`kinds` are the weights of kinds and categories, `names` the tagger of places, `senses` the directions of what is said,
and `alike` the network that tells one matter from two. Without words all of them, in that order.
"""

import argparse
from collections.abc import Sequence
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
        pairs = [pair for fold in range(FOLDS) for read in _read_apart(fold) for pair in alike.pairs(read)]
        _write("alike.json", alike.fit(pairs) + "\n")


def _write(name: str, text: str) -> None:
    (LEXICON / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(text):,} characters")


def _read_apart(fold: int) -> list[list[tuple[Reading, str]]]:
    """The matters of each file of one fold and the groups they are of, read by what was learned from other files."""
    parts = list(example_files().values())
    grouped = [part for part in parts if any(one.same for one in part)]
    held = grouped[fold::FOLDS]
    aliases = Aliases(weights=_learned([one for part in parts if part not in held for one in part]))
    return [
        [
            (understand(one.text, aliases=aliases).reading, one.same)
            for one in part
            if one.place is not None and one.kind in ACTIONABLE
        ]
        for part in held
    ]


def _learned(known: Sequence[Example]) -> Weights:
    kinds = fit(known)
    sense = dict(rows.read(rows.written(senses.fit(known))))
    tagger = read_tagger(rows.written(names.fit(names.labelled(known))))
    return Weights(kinds.kind, kinds.category, sense, tagger)


if __name__ == "__main__":
    main()
