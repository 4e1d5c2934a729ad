"""The same person on several lines: joined where the lines agree, named where they contradict each other."""

from dataclasses import dataclass, field, replace

from bot.account import Account
from bot.rollfile.columns import Column
from bot.rollfile.records import Flat, Held, Remarks, RollRow, placed


@dataclass(slots=True)
class People:
    """Everybody read so far, by position, and the ways to find somebody again."""

    remarks: Remarks
    rows: list[RollRow] = field(default_factory=list)
    at_home: dict[tuple[str, str], int] = field(default_factory=dict)
    by_phone: dict[str, list[int]] = field(default_factory=dict)
    by_account: dict[Account, int] = field(default_factory=dict)
    at_place: dict[str, list[tuple[Flat, str]]] = field(default_factory=dict)

    def add(self, row: RollRow) -> None:
        """Take a line: a new person, more about a known one, or a contradiction, which is left out."""
        if self._account_of_another(row) or self._another_area(row):
            return
        known = self._known_as(row)
        if len(known) > 1:
            first, second = sorted(self.rows[place].line for place in known)[:2]
            self.remarks.error("two_people", row.line, name=row.name, first=first, second=second)
        elif known:
            self._join(known.pop(), row)
        else:
            self._warn_of_shared_phone(row)
            self._ask_about_namesake(row)
            self.rows.append(row)
            self._remember(len(self.rows) - 1)

    def _account_of_another(self, row: RollRow) -> bool:
        for account in row.accounts:
            place = self.by_account.get(account)
            if place is not None and self.rows[place].name != row.name:
                first = self.rows[place]
                self.remarks.error(
                    "account_taken", row.line, account.platform, first=first.line, name=first.name
                )
                return True
        return False

    def _another_area(self, row: RollRow) -> bool:
        """One unit has one area, whoever of its owners the line is about."""
        for flat in row.flats:
            for told, name in self.at_place.get(flat.place, ()):
                if flat.area and told.area and flat.area != told.area:
                    values = {"door": flat.door, "first": told.line, "name": name, "area": told.area}
                    self.remarks.error("flat_areas", row.line, Column.AREA.value, **values)
                    return True
        return False

    def _ask_about_namesake(self, row: RollRow) -> None:
        """Whether two owners of one name are one person, and so one head, no name alone can tell."""
        if not row.flats:
            return
        for other in self.rows:
            if other.name == row.name and other.flats and not _two_phones(other, row):
                self.remarks.warn("owner_namesake", row.line, name=row.name, first=other.line)
                return

    def _known_as(self, row: RollRow) -> set[int]:
        """Where somebody of this name with the same home, phone or account already stands."""
        found = {place for place in self.by_phone.get(row.phone, ()) if self.rows[place].name == row.name}
        found |= {self.by_account[account] for account in row.accounts if account in self.by_account}
        neighbour = self.at_home.get(_home(row))
        if not found and neighbour is not None and (row.door or not _two_phones(self.rows[neighbour], row)):
            found.add(neighbour)
        return found

    def _join(self, place: int, row: RollRow) -> None:
        known = self.rows[place]
        clash = _contradiction(known, row)
        if clash:
            column, one, other = clash
            values = {"name": row.name, "first": known.line, "one": one, "other": other}
            self.remarks.error("contradiction", row.line, column, **values)
            return
        joined = _joined(known, row)
        self.rows[place] = joined
        self._remember(place)
        key = "joined" if joined != known else "repeated"
        if len(joined.flats) > len(known.flats) > 0:
            key = "owns_several"
        self.remarks.note(key, row.line, name=row.name, first=known.line, count=len(joined.flats))

    def _warn_of_shared_phone(self, row: RollRow) -> None:
        if row.phone and row.phone in self.by_phone:
            first = self.rows[self.by_phone[row.phone][0]]
            self.remarks.warn("shared_phone", row.line, Column.PHONE, first=first.line, name=first.name)

    def _remember(self, place: int) -> None:
        row = self.rows[place]
        self.at_home.setdefault(_home(row), place)
        for flat in row.flats:
            self.at_home.setdefault((row.name, flat.place), place)
            self._note_co_owners(flat, row)
        if row.phone and place not in self.by_phone.setdefault(row.phone, []):
            self.by_phone[row.phone].append(place)
        self.by_account |= dict.fromkeys(row.accounts, place)

    def _note_co_owners(self, flat: Flat, row: RollRow) -> None:
        told = self.at_place.setdefault(flat.place, [])
        if row.name in {name for _, name in told}:
            return
        if told:
            first, name = told[0]
            self.remarks.note(
                "co_owners", flat.line, name=row.name, other=name, first=first.line, door=flat.door
            )
        told.append((flat, row.name))


def _home(row: RollRow) -> tuple[str, str]:
    """Name and door, or what they own where nobody lives."""
    if not row.door and row.flats:
        return row.name, row.flats[0].place
    return row.name, placed(row.unit, row.door)


def _two_phones(known: RollRow, row: RollRow) -> bool:
    """Two people of one name, where no door tells them apart."""
    return bool(known.phone and row.phone and known.phone != row.phone)


def _contradiction(known: RollRow, row: RollRow) -> tuple[str, str, str] | None:
    """The first thing both lines say differently: column, what the first says, what the second says."""
    pairs = [(Column.PHONE.value, known.phone, row.phone)]
    if not row.flats or row.door == known.door:
        pairs = [
            (Column.DOOR.value, known.door, row.door),
            (Column.AREA.value, _plain(known), _plain(row)),
            *pairs,
        ]
    first, second = dict(known.accounts), dict(row.accounts)
    pairs += [(platform, account, second.get(platform, "")) for platform, account in first.items()]
    return next((pair for pair in pairs if pair[1] and pair[2] and pair[1] != pair[2]), None)


def _plain(row: RollRow) -> str:
    return "" if row.area is None else f"{row.area.normalize():f}"


def _joined(known: RollRow, row: RollRow) -> RollRow:
    here = not row.unit or row.unit == known.unit
    away = () if here else tuple(Held(role, row.unit) for role in row.roles)
    return replace(
        known,
        roles=tuple(dict.fromkeys(known.roles + row.roles)) if here else known.roles,
        elsewhere=tuple(dict.fromkeys(known.elsewhere + away)),
        door=known.door or row.door,
        area=row.area if known.area is None else known.area,
        phone=known.phone or row.phone,
        accounts=tuple(dict.fromkeys(known.accounts + row.accounts)),
        flats=(
            *known.flats,
            *(flat for flat in row.flats if flat.place not in {own.place for own in known.flats}),
        ),
        born=known.born or row.born,
        age=row.age if known.age is None else known.age,
    )
