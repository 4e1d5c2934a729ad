"""Personal codes: short, read aloud without mistakes, and of no meaning."""

from handlers.words import narrow

# No 0/O, 1/I/L, U/V twins: what an old hand copies from paper must come out the same.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 8


def code_from(numbers: bytes) -> str:
    """A code out of at least eight random bytes."""
    return "".join(ALPHABET[number % len(ALPHABET)] for number in numbers[:LENGTH])


def normal(written: str) -> str:
    """A code as it was meant: capital letters, no blanks or dashes."""
    return "".join(character for character in narrow(written).upper() if character.isalnum())
