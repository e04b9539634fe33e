"""Pictures: size known before a pixel is decoded, decodable to the end, nothing behind the end."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from courtcms.core.marks import N_
from courtcms.files.checks.types import Fault, Limits

BROKEN = Fault("broken", N_("文件已损坏，打不开"))
Image.MAX_IMAGE_PIXELS = 400_000_000  # above it Pillow itself refuses to open; our own limit lies far below
#: what Pillow may raise over hostile files
READ_ERRORS = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError,
               MemoryError, AttributeError, ZeroDivisionError, RuntimeError, struct.error,
               zlib.error)  # fmt: skip


def image_faults(data: bytes, kind: str, limits: Limits) -> list[Fault]:
    """Everything that speaks against a PNG, JPEG or TIFF file."""
    try:
        with _quiet(), Image.open(io.BytesIO(data), formats=(kind.upper(),)) as picture:
            frames = getattr(picture, "n_frames", 1)
            if frames > limits.max_frames:
                return [Fault("frames", N_("图片页数过多（%(n)s 页）"), {"n": frames})]
            fault = _size_fault(picture, limits)
            if fault:
                return [fault]
            return _decode(picture, frames, limits)
    except Image.DecompressionBombError:
        return [Fault("pixels", N_("图片尺寸过大，疑为图片炸弹"))]
    except READ_ERRORS:
        return [BROKEN]


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns of oddities that our own checks judge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _size_fault(picture: ImageFile.ImageFile, limits: Limits) -> Fault | None:
    width, height = picture.size
    if width * height > limits.max_pixels:
        return Fault("pixels", N_("图片尺寸过大（%(w)s × %(h)s 像素）"), {"w": width, "h": height})
    return None


def _decode(picture: ImageFile.ImageFile, frames: int, limits: Limits) -> list[Fault]:
    total = 0
    for number in range(frames):
        picture.seek(number)
        total += picture.size[0] * picture.size[1]
        if total > limits.max_pixels * 4:
            return [Fault("pixels", N_("各页图片合计过大"))]
        fault = _size_fault(picture, limits)
        if fault:
            return [fault]
        picture.load()
    return []


def bytes_behind(data: bytes, kind: str) -> bytes:
    """What stands behind the end of a PNG or JPEG file (b"" for TIFF, which has no end)."""
    if kind == "png":
        end = data.rfind(b"IEND\xaeB`\x82")
        return data[end + 8 :] if end >= 0 else b""
    if kind == "jpeg":
        end = data.rfind(b"\xff\xd9")
        return data[end + 2 :] if end >= 0 else b""
    return b""
