"""The child process in which pictures are decoded: bytes on stdin → a line of JSON and new bytes on stdout.

`formkit.records.images` runs this file by its path, so it imports nothing of formkit. It first bounds its own memory,
time and output, then decodes; whatever goes wrong after that ends this process and not the portal.
"""

import contextlib
import io
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURES = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
_SAVE_OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 90},
}
_ORIENTATION = 0x0112


class _Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """A picture that decodes, or nearly, but is not wanted."""

    def __init__(self, code: str, **params: object) -> None:
        self.answer: dict[str, object] = {"code": code, "params": params}
        super().__init__(code)


def main() -> None:
    """Do the one order given as JSON in the first argument."""
    order = json.loads(sys.argv[1])
    _bound_this_process(order["memory"], order["cpu_seconds"], order["output"])
    content = sys.stdin.buffer.read()
    try:
        answer, drawn = _redraw(content, order)
    except _Refusal as refusal:
        answer, drawn = refusal.answer, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + drawn)
    sys.stdout.buffer.flush()


def _bound_this_process(memory: int, cpu_seconds: int, output: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's deadline holds there too
        return
    bounds = {"RLIMIT_CORE": 0, "RLIMIT_CPU": cpu_seconds, "RLIMIT_FSIZE": output}
    if sys.platform == "linux":  # elsewhere the address space of a small Python is already beyond any useful bound
        bounds["RLIMIT_AS"] = memory
    for name, bound in bounds.items():
        resource.setrlimit(getattr(resource, name), (bound, bound))


def _redraw(content: bytes, order: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    image = _opened(content, order["formats"])
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    if kind != "JPEG" and getattr(
        image, "is_animated", False
    ):  # a phone's photo is often an MPO: its first frame is it
        raise _Refusal("image_animated")
    if image.width * image.height > order["max_pixels"]:
        raise _Refusal("image_too_many_pixels", width=image.width, height=image.height, max_pixels=order["max_pixels"])
    _decode(image)
    canvas = _on_new_canvas(_upright(image))
    if order["longest"]:
        canvas.thumbnail((order["longest"], order["longest"]))
    drawn = io.BytesIO()
    canvas.save(drawn, format=kind, **_SAVE_OPTIONS[kind])
    return {"format": kind, "width": canvas.width, "height": canvas.height}, drawn.getvalue()


def _opened(content: bytes, formats: list[str]) -> "Image":
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the order's own limit is held before decoding, in one place
    try:
        return Image.open(io.BytesIO(content), formats=formats)
    except UnidentifiedImageError:
        begins_well = any(content.startswith(_SIGNATURES[name]) for name in formats)
        raise _Refusal("unreadable_image" if begins_well else "wrong_file_format") from None


def _decode(image: "Image") -> None:
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow raises for truncated and damaged files
        raise _Refusal("unreadable_image") from None


def _upright(image: "Image") -> "Image":
    """The picture turned as its EXIF says it is to be seen; damaged EXIF turns nothing."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    orientation = 1
    with contextlib.suppress(Exception):  # EXIF is decoration here, and its parsers fail in many ways
        orientation = image.getexif().get(_ORIENTATION, 1)
    turn = turns.get(orientation)
    if turn is None:
        return image
    turned = image.transpose(turn)
    turned.info = image.info  # the colour profile is still to be applied
    return turned


def _on_new_canvas(image: "Image") -> "Image":
    """The pixels alone, in sRGB or grey, on white where they were transparent: no metadata can follow them here."""
    from PIL import Image

    visible = _in_srgb(image)
    canvas = Image.new("L" if visible.mode in ("L", "LA") else "RGB", visible.size, "white")
    canvas.paste(visible.convert(canvas.mode), mask=visible.getchannel("A") if "A" in visible.getbands() else None)
    return canvas


def _in_srgb(image: "Image") -> "Image":
    """As L, LA, RGB or RGBA; a colour profile is applied where it can be, so that dropping it changes no colour."""
    if image.mode.startswith("I"):  # 16 bits of grey: the upper eight are what a screen shows
        return image.convert("I").point(lambda value: value / 256).convert("L")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        with contextlib.suppress(Exception):  # a damaged profile is passed over
            return _by_profile(image, profile)
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image.convert("RGBA") if "transparency" in image.info else image
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if "transparency" in image.info or image.mode in ("PA", "La", "RGBa") else "RGB")


def _by_profile(image: "Image", profile: bytes) -> "Image":
    from PIL import ImageCms

    theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if converted is None:
        raise ValueError("the profile converts nothing")
    return converted


if __name__ == "__main__":
    main()
