"""Pictures with real bytes: whatever is hidden in them, only their pixels are stored, and no bomb goes off."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageCms, JpegImagePlugin

from formkit.locales import sentence
from formkit.records.images import ChildBounds, ImageJudge, ImageRules, judge_image, thumbnail
from formkit.records.judged import Refused, StoredImage, refused_size, size_text

MB = 1024 * 1024
ANY = ImageRules()


def picture(width: int = 60, height: int = 90, mode: str = "RGB") -> Image.Image:
    """A picture with a red upper half and a blue lower half, so that turning it shows."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width, height // 2))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def stored(content: bytes | Path, rules: ImageRules = ANY) -> StoredImage:
    judged = judge_image(content, rules)
    assert isinstance(judged, StoredImage), judged
    return judged


def refusal(content: bytes | Path, rules: ImageRules = ANY) -> str:
    judged = judge_image(content, rules)
    assert isinstance(judged, Refused)
    for language in ("zh", "en"):
        assert "{" not in sentence("web", judged.code, judged.params, language)
    return judged.code


def opened(image: StoredImage) -> Image.Image:
    return Image.open(io.BytesIO(image.content))


def chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge, and is: its rows are zeros, compressed well."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class TestStored:
    @pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
    def test_keeps_format_size_and_colours(self, kind: str, media_type: str) -> None:
        image = stored(encoded(picture(), kind))
        assert (image.media_type, image.width, image.height) == (media_type, 60, 90)
        red, green, blue = opened(image).getpixel((30, 10))
        assert red > 240
        assert green < 20
        assert blue < 20

    def test_webp_where_a_field_allows_it(self) -> None:
        assert stored(encoded(picture(), "WEBP"), ImageRules(formats=("webp",))).media_type == "image/webp"
        assert refusal(encoded(picture(), "WEBP")) == "wrong_file_format"

    def test_from_a_path(self, tmp_path: Path) -> None:
        path = tmp_path / "upload"
        path.write_bytes(encoded(picture()))
        assert stored(path).content == stored(path.read_bytes()).content

    def test_same_bytes_in_same_bytes_out(self) -> None:
        assert stored(encoded(picture())).sha256 == stored(encoded(picture())).sha256

    def test_no_script_in_a_comment_survives(self) -> None:
        sent = encoded(picture(), comment=b"<script>alert(1)</script>")
        assert b"<script>" in sent
        assert b"<script>" not in stored(sent).content

    def test_no_text_chunk_of_a_png_survives(self) -> None:
        whole = encoded(picture(), "PNG")
        sent = whole[:33] + chunk(b"tEXt", b"Comment\x00<script>") + whole[33:]
        assert b"<script>" not in stored(sent).content

    def test_no_place_and_no_preview_survives(self) -> None:
        exif = Image.Exif()
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 8.0, 0.0), 3: "E", 4: (113.0, 16.0, 0.0)})
        sent = encoded(picture(), exif=exif.tobytes())
        assert b"SecretCamera" in sent
        kept = stored(sent)
        assert b"Exif" not in kept.content
        assert not opened(kept).getexif()

    def test_no_profile_survives_but_its_colours_do(self) -> None:
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        kept = opened(stored(encoded(picture(), icc_profile=lab)))
        assert "icc_profile" not in kept.info
        assert kept.getpixel((30, 10))[0] > 240

    def test_a_damaged_profile_is_passed_over(self) -> None:
        assert stored(encoded(picture(), icc_profile=b"not a profile")).width == 60

    @pytest.mark.parametrize(
        "payload", [b"<?php system('x'); ?>", b"PK\x03\x04 a zip", b"%PDF-1.7 startxref %%EOF", b"<html><script>"]
    )
    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_a_polyglot_loses_its_payload(self, kind: str, payload: bytes) -> None:
        assert payload not in stored(encoded(picture(), kind) + payload).content

    def test_a_jpeg_has_nothing_but_its_frame(self) -> None:
        kept = opened(stored(encoded(picture(), comment=b"x", exif=Image.Exif().tobytes())))
        assert isinstance(kept, JpegImagePlugin.JpegImageFile)
        assert {marker for marker, _ in kept.applist} <= {"APP0"}


class TestColours:
    def test_cmyk_becomes_rgb(self) -> None:
        kept = opened(stored(encoded(picture(mode="CMYK"))))
        assert kept.mode == "RGB"
        assert kept.getpixel((30, 10))[0] > 240

    def test_sixteen_bits_keep_their_brightness(self) -> None:
        grey = Image.new("I;16", (20, 20), 130 * 257)
        assert opened(stored(encoded(grey, "PNG"))).getpixel((5, 5)) == 130

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
    def test_every_mode_of_png_is_drawn(self, mode: str) -> None:
        assert opened(stored(encoded(picture(mode=mode), "PNG"))).mode in ("L", "RGB")

    @pytest.mark.parametrize("mode", ["LA", "RGBA"])
    def test_what_is_transparent_is_white(self, mode: str) -> None:
        clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0)).convert(mode)
        assert opened(stored(encoded(clear, "PNG"))).convert("RGB").getpixel((5, 5)) == (255, 255, 255)

    def test_a_transparent_palette_colour_is_white(self) -> None:
        flat = Image.new("P", (10, 10), 0)
        flat.putpalette([9, 9, 9])
        assert opened(stored(encoded(flat, "PNG", transparency=0))).getpixel((5, 5)) == (255, 255, 255)


class TestOrientation:
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_stands_as_a_person_sees_it(self, orientation: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        image = stored(encoded(picture(), exif=exif.tobytes()))
        assert (image.width, image.height) == ((60, 90) if orientation < 5 else (90, 60))

    @pytest.mark.parametrize(("orientation", "red_at"), [(1, (30, 10)), (3, (30, 80)), (6, (80, 30)), (8, (10, 30))])
    def test_turns_the_right_way(self, orientation: int, red_at: tuple[int, int]) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        assert opened(stored(encoded(picture(), exif=exif.tobytes()))).getpixel(red_at)[0] > 240

    def test_damaged_exif_turns_nothing(self) -> None:
        assert stored(encoded(picture(), exif=b"Exif\x00\x00MM\x00*\xff\xff")).height == 90

    def test_portrait_is_judged_after_turning(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        lying = encoded(picture(), exif=exif.tobytes())
        assert refusal(lying, ImageRules(portrait=True)) == "not_portrait"
        assert stored(lying, ImageRules(portrait=False)).width == 90


class TestRefused:
    def test_nothing(self) -> None:
        assert refusal(b"") == "file_empty"

    def test_sizes_include_their_limits(self) -> None:
        sent = encoded(picture())
        assert stored(sent, ImageRules(max_bytes=len(sent), min_bytes=len(sent))).width == 60
        assert refusal(sent, ImageRules(max_bytes=len(sent) - 1)) == "file_too_large"
        assert refusal(sent, ImageRules(min_bytes=len(sent) + 1)) == "file_too_small"

    def test_pixels_include_their_limits(self) -> None:
        sent = encoded(picture())
        assert stored(sent, ImageRules(min_width=60, min_height=90, max_pixels=5400)).width == 60
        assert refusal(sent, ImageRules(min_width=61)) == "image_too_small"
        assert refusal(sent, ImageRules(min_height=91)) == "image_too_small"
        assert refusal(sent, ImageRules(max_pixels=5399)) == "image_too_many_pixels"

    def test_shape(self) -> None:
        assert refusal(encoded(picture()), ImageRules(portrait=False)) == "not_landscape"
        assert refusal(encoded(picture(50, 50)), ImageRules(portrait=True)) == "not_portrait"

    def test_a_gif_by_any_name(self) -> None:
        assert refusal(encoded(picture(), "GIF")) == "wrong_file_format"

    @pytest.mark.parametrize("kind", ["BMP", "TIFF", "GIF", "PNG"])
    def test_only_jpeg_where_only_jpeg_is_allowed(self, kind: str) -> None:
        assert refusal(encoded(picture(), kind), ImageRules(formats=("jpeg",))) == "wrong_file_format"

    @pytest.mark.parametrize("content", [b"x", b"<svg/>", b"%!PS-Adobe", b"\x00" * 100])
    def test_no_picture_at_all(self, content: bytes) -> None:
        assert refusal(content) == "wrong_file_format"

    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_truncated(self, kind: str, part: float) -> None:
        whole = encoded(Image.effect_noise((80, 80), 60), kind)
        assert refusal(whole[: int(len(whole) * part)]) == "unreadable_image"

    def test_a_jpeg_without_its_last_bytes(self) -> None:
        assert refusal(encoded(picture())[:-2]) == "unreadable_image"

    def test_animated(self) -> None:
        moving = encoded(picture(), "PNG", save_all=True, append_images=[picture(mode="L").convert("RGB")])
        assert refusal(moving) == "image_animated"

    def test_a_phones_photo_with_a_second_frame_is_its_first(self) -> None:
        photo = encoded(picture(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 90))])
        image = stored(photo)
        assert image.media_type == "image/jpeg"
        assert opened(image).getpixel((30, 10))[0] > 240

    @pytest.mark.parametrize("side", [8_000, 60_000, 2**31 - 1])
    def test_a_bomb_is_not_unpacked(self, side: int) -> None:
        assert refusal(png_claiming(side, side)) in ("image_too_many_pixels", "unreadable_image")

    def test_unknown_formats_are_the_programmers_fault(self) -> None:
        with pytest.raises(ValueError, match="bmp"):
            ImageRules(formats=("bmp",))


class TestChild:
    def worker(self, folder: Path, script: str) -> Path:
        path = folder / "worker.py"
        path.write_text(script, encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        "script",
        [
            "import os; os.abort()",
            "raise SystemExit(3)",
            "x = bytearray(10**13)",
            "print('no newline', end='')",
            "print('x' * 5000)",
            "",
            "print('hello')",
            "print('[]')",
            'print(\'{"format": "EXE", "width": 1, "height": 1}\')',
        ],
        ids=["crash", "exit", "memory", "half", "long", "silence", "no json", "no object", "no picture"],
    )
    def test_whatever_the_child_does_is_one_refusal(self, tmp_path: Path, script: str) -> None:
        judge = ImageJudge(worker=self.worker(tmp_path, script))
        assert judge.judge(encoded(picture()), ImageRules()) == Refused("unreadable_image")

    def test_a_child_that_never_ends_is_ended(self, tmp_path: Path) -> None:
        endless = self.worker(tmp_path, "while True: pass")
        judge = ImageJudge(worker=endless, bounds=ChildBounds(seconds=0.2))
        assert judge.judge(encoded(picture()), ImageRules()) == Refused("unreadable_image")

    def test_memory_is_bounded(self) -> None:
        judge = ImageJudge(bounds=ChildBounds(memory=200 * 1024 * 1024))
        large = encoded(Image.new("RGB", (7000, 7000)), "PNG")
        assert isinstance(ImageJudge().judge(large, ImageRules()), StoredImage)
        refused = judge.judge(large, ImageRules())
        assert isinstance(refused, Refused)
        assert refused.code == "unreadable_image"

    def test_output_is_bounded(self) -> None:
        judge = ImageJudge(bounds=ChildBounds(output=500))
        refused = judge.judge(encoded(Image.effect_noise((80, 80), 60)), ImageRules())
        assert isinstance(refused, Refused)
        assert refused.code == "unreadable_image"

    def test_an_answer_beyond_its_bound_is_not_stored_in_part(self, tmp_path: Path) -> None:
        said = "{'format': 'PNG', 'width': 1, 'height': 1}"
        script = f"import json; print(json.dumps({said})); print('x' * 500)"
        judge = ImageJudge(worker=self.worker(tmp_path, script), bounds=ChildBounds(output=100))
        assert judge.judge(encoded(picture()), ImageRules()) == Refused("unreadable_image")

    def test_has_none_of_the_portals_secrets(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORTAL_SECRET", "hidden")
        script = "import os, json; print(json.dumps({'code': os.environ.get('PORTAL_SECRET', 'none'), 'params': {}}))"
        refused = ImageJudge(worker=self.worker(tmp_path, script)).judge(encoded(picture()), ImageRules())
        assert isinstance(refused, Refused)
        assert refused.code == "none"

    def test_a_full_house_says_so(self, tmp_path: Path) -> None:
        endless = self.worker(tmp_path, "while True: pass")
        judge = ImageJudge(concurrent=1, worker=endless, bounds=ChildBounds(seconds=0.5))
        with ThreadPoolExecutor(4) as threads:
            told = list(threads.map(lambda _: judge.judge(encoded(picture()), ImageRules()), range(4)))
        assert {refused.code for refused in told if isinstance(refused, Refused)} == {"image_busy", "unreadable_image"}

    def test_many_threads_at_once(self) -> None:
        with ThreadPoolExecutor(6) as threads:
            sizes = list(threads.map(lambda width: stored(encoded(picture(width, 90))).width, range(40, 52)))
        assert sizes == list(range(40, 52))


class TestThumbnail:
    @pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
    def test_is_small_and_in_proportion(self, kind: str, media_type: str) -> None:
        small = thumbnail(encoded(picture(600, 900), kind))
        assert isinstance(small, StoredImage)
        assert (small.media_type, small.width, small.height) == (media_type, 160, 240)

    def test_never_grows(self) -> None:
        small = thumbnail(encoded(picture()), longest=500)
        assert isinstance(small, StoredImage)
        assert small.width == 60

    def test_of_nothing(self) -> None:
        assert isinstance(thumbnail(b"nothing"), Refused)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1536, "1.5 KB"), (2 * MB, "2 MB"), (2 * MB - 1, "1.9 MB")],
)
def test_sizes_as_people_write_them(size: int, text: str) -> None:
    assert size_text(size) == text


def test_one_byte_too_many_is_told_apart_from_the_limit() -> None:
    refused = refused_size(2 * MB + 1, min_bytes=0, max_bytes=2 * MB)
    assert refused == Refused("file_too_large", {"size": "2097153 B", "max": "2 MB"})


def test_a_size_within_its_limits_is_not_refused() -> None:
    assert refused_size(5, min_bytes=5, max_bytes=5) is None
