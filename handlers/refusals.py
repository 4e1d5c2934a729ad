"""The expected "no": an answer to a person, not an error."""


class Refusal(Exception):
    """A polite no.

    `key` names the sentence in `handlers/texts/` that says what to do next, `values` fill it.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
