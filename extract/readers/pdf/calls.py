"""The calls of pdfium's that are made for every character and object of a page, declared so that they cost little.

A pointer is a number here: Python's checks of what it points at take longer than the call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Address = int
"""Where something of pdfium's stands in memory."""

_NUMBER, _POINTER = ctypes.c_int, ctypes.c_void_p


def address_of(handle: Any) -> Address:  # noqa: ANN401  pdfium's pointers have no type of their own
    """Return where something of pdfium's stands; 0 for nothing."""
    return ctypes.cast(handle, _POINTER).value or 0


def object_at(address: Address) -> Any:  # noqa: ANN401  ditto
    """Return the page object at an address, for the calls that are not here."""
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def _declared(call: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401  ditto
    return ctypes.CFUNCTYPE(result, *arguments)(address_of(call))


loose_box = _declared(pdfium.FPDFText_GetLooseCharBox, _NUMBER, _POINTER, _NUMBER, _POINTER)
origin = _declared(pdfium.FPDFText_GetCharOrigin, _NUMBER, _POINTER, _NUMBER, _POINTER, _POINTER)
is_guessed = _declared(pdfium.FPDFText_HasUnicodeMapError, _NUMBER, _POINTER, _NUMBER)
angle = _declared(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, _NUMBER)
code_point = _declared(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _NUMBER)
page_object = _declared(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _NUMBER)
kind_of_object = _declared(pdfium.FPDFPageObj_GetType, _NUMBER, _POINTER)
clip_path = _declared(pdfium.FPDFPageObj_GetClipPath, _POINTER, _POINTER)
paths_in_clip = _declared(pdfium.FPDFClipPath_CountPaths, _NUMBER, _POINTER)
