"""What every paper is gathered from: the event's work, the community and its roll, and what was added by hand."""

from dataclasses import dataclass
from datetime import date

from handlers.moments import local_date
from handlers.office.asking import Particulars
from handlers.papers.facts import Contact
from handlers.shelf import Roll
from handlers.shelf.filing import Making
from handlers.texts import term, text
from handlers.work import Work
from storage import groups
from storage.records import GroupRole, Unit

NO_CONTACT = Contact("", "")
"""Stands where a phone is missing, so that the paper says that it is."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every gathering is handed."""

    work: Work
    community: Unit
    roll: Roll
    extra: Particulars

    @property
    def today(self) -> date:
        """The day it is in the community."""
        return local_date(self.work.now, self.work.settings.zone)

    def contact(self) -> Contact:
        """The office's phone: as it was written now, else the one that is set for the community."""
        who = text("office.office_of", unit=self.community.name)
        kept = self.work.settings.office_phone(self.community.name)
        return (
            self.extra.contact("contact", who)
            or (Contact(who, kept.phone, kept.note) if kept else None)
            or NO_CONTACT
        )

    def oversight(self) -> Contact:
        """The phone of those who oversee: as written now, else as it is set."""
        who = text("office.oversight_of")
        kept = self.work.settings.oversight_phone(self.community.name)
        return (
            self.extra.contact("oversight", who)
            or (Contact(kept.note or who, kept.phone) if kept else None)
            or NO_CONTACT
        )

    async def boards(self) -> tuple[str, ...]:
        """Where a notice hangs: the boards that were named, and the community's own group for it."""
        found = await groups.below(self.work.tx, self.community, GroupRole.HOUSEHOLD_NOTICE)
        group = (term("group", GroupRole.HOUSEHOLD_NOTICE),) if found else ()
        return (*self.extra.lines("posted_at"), *group)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a paper is about ("meeting:3"), and what makes it once it has its number."""

    subject: str
    making: Making
