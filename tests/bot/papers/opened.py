"""A .docx opened: by python-docx, and as the raw XML of its parts."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from docx import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Any:
    return Document(BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def tree(data: bytes, part: str = "word/document.xml") -> Any:
    return ET.fromstring(parts(data)[part])


def lines(data: bytes) -> list[str]:
    """Every paragraph with words, in text, header and footer."""
    read = [
        name
        for name in sorted(parts(data))
        if name.startswith(("word/document", "word/header", "word/footer"))
    ]
    paragraphs = (paragraph for name in read for paragraph in tree(data, name).iter(f"{W}p"))
    words = ("".join(piece.text or "" for piece in paragraph.iter(f"{W}t")) for paragraph in paragraphs)
    return [line for line in words if line]
