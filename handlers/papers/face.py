"""The face a paper shows: the same facts written out for the archive, or masked for everybody."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handlers.intake.masking import mask
from handlers.papers.cleaning import clean
from handlers.papers.facts import Contact, Envelope, Person, Standing
from handlers.papers.model import Edition
from handlers.papers.naming import masked_door, masked_name, people_in
from handlers.texts import text

_D = "[0-9０-９]"
_GAP = r"[\s\-－—·.]?"
_PHONE = re.compile(
    f"(?<!{_D})(?:[+＋]?(?:86|８６){_GAP})?[1１][3-9３-９]{_D}(?:{_GAP}{_D}){{8}}(?!{_D})"
    f"|(?<!{_D})[0０]{_D}{{2,3}}{_GAP}(?:{_D}{_GAP}){{6,7}}{_D}(?!{_D})"
    f"|(?<=电话|热线|座机|号码|手机)[^0-9０-９]{{0,3}}{_D}{{7,11}}(?!{_D})"
)
_BETWEEN = r"[\s\u200b-\u200f\u2060·]{0,3}"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Face:
    """How an edition writes people, doors and free words.

    `said` gives, for every name and door (case folded) that must not stand as it is, what stands instead; `names` are
    these by the letter they begin with; `phones` are the offices' own numbers, which stay.
    """

    edition: Edition
    said: Mapping[str, str]
    phones: frozenset[str]
    complainants: frozenset[str]
    names: Mapping[str, tuple[str, ...]]

    def words(self, written: str) -> str:
        """Free words: cleaned; in public also without names of residents, doors, phones and numbers of papers."""
        plain = clean(written)
        if near := self._near(plain):
            plain = _pattern(near).sub(self._instead, plain)
        if self.edition is Edition.FULL:
            return plain
        return "".join(
            part if index % 2 else mask(_PHONE.sub(text("papers.phone_left_out"), part))
            for index, part in enumerate(self._apart(plain))
        )

    def person(self, person: Person) -> str:
        """A name, an official's with the post; a resident's masked in public, a complainant's never shown."""
        name = clean(person.name)
        if name in self.complainants:
            return text("papers.a_resident")
        if person.standing is Standing.OFFICIAL:
            return text("papers.official", name=name, post=self.words(person.post)) if person.post else name
        return masked_name(name) if name and self.edition is Edition.PUBLIC else name

    def door(self, door: str) -> str:
        """A door, masked in public."""
        return masked_door(door) if self.edition is Edition.PUBLIC else clean(door)

    def people(self, people: Iterable[Person]) -> str:
        """Several of them in one line."""
        return text("papers.and").join(self.person(person) for person in people)

    def contact(self, contact: Contact) -> str:
        """An office with the phone it gives to everybody."""
        parts = (self.words(contact.who), clean(contact.phone), self.words(contact.hours))
        return text("papers.comma").join(part for part in parts if part)

    def _near(self, plain: str) -> tuple[str, ...]:
        """The names whose letters all occur here: of a roll of thousands, a few."""
        letters = {_letter(letter) for letter in plain}
        begun = (name for first in letters & self.names.keys() for name in self.names[first])
        return tuple(name for name in begun if letters.issuperset(map(_letter, name)))

    def _instead(self, match: re.Match[str]) -> str:
        return self.said.get(_key(match[0]).casefold(), text("papers.a_resident"))

    def _apart(self, plain: str) -> list[str]:
        """The words cut so that every odd piece is an office's phone."""
        if not self.phones:
            return [plain]
        known = "|".join(re.escape(phone) for phone in sorted(self.phones, key=len, reverse=True))
        return re.split(rf"(?<![\d-])({known})(?![\d-])", plain)


def face_of(envelope: Envelope, facts: object, edition: Edition) -> Face:
    """The face for these facts: everybody they name anywhere, whom the envelope knows, and nobody who complained."""
    complainants = frozenset(clean(name) for name in envelope.complainants if clean(name))
    people = [*people_in(facts), *envelope.known]
    said = {} if edition is Edition.FULL else _masked(people)
    said |= {_key(name): text("papers.a_resident") for name in complainants}
    phones = frozenset(clean(contact.phone) for contact in _contacts(facts) if clean(contact.phone))
    folded = {name.casefold(): shown for name, shown in said.items()}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in said:
        names[_letter(name[0])].append(name)
    by_letter = {first: tuple(found) for first, found in names.items()}
    return Face(edition, folded, phones, complainants, by_letter)


def _masked(people: Iterable[Person]) -> dict[str, str]:
    """What stands for names and doors. An official stays, except where a resident bears the same name."""
    everybody = list(people)
    said = {}
    for person in everybody:
        if person.standing is Standing.OFFICIAL and len(_key(person.name)) >= _SHORTEST:
            said[_key(person.name)] = clean(person.name)
    for person in everybody:
        if person.standing is Standing.RESIDENT:
            said |= {_key(part): masked_name(part) for part in _parts(person.name)}
            said |= (
                {_key(person.door): masked_door(person.door)} if len(_key(person.door)) >= _SHORTEST else {}
            )
    return said


def _parts(name: str) -> list[str]:
    """The whole name and, of one written with dots (阿依古丽·买买提), its parts."""
    return [part for part in {name, *clean(name).split("·")} if len(_key(part)) >= _SHORTEST]


def _key(written: str) -> str:
    """A name without the blanks and dots people put between its characters."""
    return re.sub(r"[\s\u200b-\u200f\u2060·]", "", clean(written))


def _letter(letter: str) -> str:
    """A letter as it is compared: whatever a pattern that ignores case would take for it."""
    return letter.casefold()[0]


@lru_cache(256)
def _pattern(said: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of these, the longest first, with or without blanks between; digits at its ends stand alone."""
    known = [_spread(name) for name in sorted(said, key=len, reverse=True)]
    return re.compile("|".join(known) or "(?!)", re.IGNORECASE)


def _spread(name: str) -> str:
    before = r"(?<!\d)" if name[0].isdigit() else ""
    after = r"(?!\d)" if name[-1].isdigit() else ""
    return before + _BETWEEN.join(re.escape(letter) for letter in name) + after


def _contacts(thing: object) -> Iterable[Contact]:
    """The offices named directly in facts, and in a notice inside them."""
    for name in getattr(thing, "__dataclass_fields__", ()):
        value = getattr(thing, name)
        if isinstance(value, Contact):
            yield value
        elif hasattr(value, "__dataclass_fields__"):
            yield from _contacts(value)
