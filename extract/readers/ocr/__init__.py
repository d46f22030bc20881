"""Pages that are pictures, read with ``mynaflow[ocr]``: lines, brackets and ink are measured, the words recognised.

``picture`` finds rules and ink, ``brackets`` tells which boxes hold a mark, ``engine`` asks rapidocr for the words.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from extract.errors import UserError

if TYPE_CHECKING:
    from extract.readers.pdf.document import Recognise

_NEEDED = ("cv2", "numpy", "onnxruntime", "rapidocr")


def require_library() -> None:
    """Raise UserError where the extra is not installed."""
    if not all(map(find_spec, _NEEDED)):
        raise UserError("--ocr needs a library that is not installed", todo="pip install 'mynaflow[ocr]'")


def make_recogniser() -> Recognise:
    """Return what reads the picture of a page; raises UserError where the extra is not installed."""
    require_library()
    from extract.readers.ocr.engine import Engine

    return Engine().recognise
