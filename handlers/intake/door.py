"""The first question, asked of every message of every group: whether it concerns us at all."""

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.evidence import gather, pieces
from handlers.intake.kinds import is_idle, judge
from handlers.intake.plain import plain
from handlers.intake.sounds import slips
from handlers.intake.weights import learned
from handlers.intake.words import shipped
from storage.records import Kind


def concerns(text: str, *, aliases: Aliases = NONE) -> bool:
    """False for chatter and advertisements, in a few microseconds; everything else is worth understanding."""
    clean, weights = slips().mended(aliases.spelt_out(plain(text))), aliases.weights or learned()
    said = weights.said(pieces(clean))
    if is_idle(clean, said):
        return False
    found = gather(clean, aliases.lexicon or shipped())
    judgement = judge(found, weights.kinds(said, weights.marks(found)))
    return judgement.resolves or judgement.kind not in (Kind.CHATTER, Kind.AD)
