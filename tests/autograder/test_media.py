"""Pictures and sounds are decoded in a sandbox, and whatever a decoder does costs no more than them."""

import base64
import io

import numpy as np
import pytest
import soundfile
from nbformat.v4 import new_code_cell, new_output
from PIL import Image

from autograder import bubblewrap, media
from autograder.own_work import MEDIA

if bubblewrap.problem():
    pytest.skip(f"no sandbox here: {bubblewrap.problem()}", allow_module_level=True)


def cell(*contents):
    """Return a code cell that shows pictures (PNG) and sounds (all else)."""
    outputs = []
    for content in contents:
        text = base64.b64encode(content).decode()
        data = {"image/png": text} if content.startswith(b"\x89PNG") else {
            "text/html": f'<audio data-name="tone" src="data:audio/flac;base64,{text}"></audio>'}
        outputs.append(new_output("display_data", data=data))
    return new_code_cell("draw()", outputs=outputs)


def picture(colour="red", size=(40, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def sound(seconds=0.5):
    buffer = io.BytesIO()
    soundfile.write(buffer, 0.25 * np.sin(0.3 * np.arange(int(8000 * seconds))), 8000, format="FLAC")
    return buffer.getvalue()


def found(*contents):
    """Return the media of a page with one exercise, and what went wrong."""
    by_name, trouble = media.media({"a": [cell(*contents)]}, room=MEDIA)
    return by_name["a"][0], trouble


def colour(medium):
    content = base64.b64decode(medium.address.partition(",")[2])
    return Image.open(io.BytesIO(content)).convert("RGB").getpixel((5, 5))


@pytest.fixture
def decoder(monkeypatch, tmp_path):
    """Put another program in the decoder's place."""
    def replace(source):
        monkeypatch.setattr(media, "DECODER", tmp_path / "decode.py")
        media.DECODER.write_text(source)
    return replace


def test_pictures_and_sounds_come_in_their_order():
    shown, trouble = found(picture("red"), sound(), picture("blue"))
    assert [medium.kind for medium in shown] == ["picture", "sound", "picture"]
    assert [colour(medium) for medium in (shown[0], shown[2])] == [(255, 0, 0), (0, 0, 255)]
    assert shown[1].label == "tone"
    assert trouble == ""


BROKEN = {"cut": picture(size=(600, 400))[:120], "only a signature": media.PNG, "zeros": media.PNG + bytes(1000),
          "too large": picture(size=(5000, 4000)), "cut sound": sound()[:40], "no FLAC": media.FLAC,
          "no WAV": media.WAV + bytes(1000)}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_cannot_be_read_costs_nothing_else(broken):
    shown, trouble = found(BROKEN[broken], picture(), sound())
    assert [medium.kind for medium in shown] == ["picture", "sound"]
    assert trouble == ""


@pytest.mark.parametrize("source", [
    "raise SystemExit(1)", "import os; os.abort()", "import time; time.sleep(600)", "print('no base 64')",
    "import base64; print(base64.b64encode(b'<script>alert(1)</script>').decode())",
    "import os\nwhile True: os.write(1, b'A' * 2**20)", "print('é')\nraise SystemExit(1)", "x = bytearray(2**33)"])
def test_a_decoder_that_was_taken_over_costs_only_its_page_s_media(decoder, monkeypatch, source):
    monkeypatch.setattr(media, "TIME", 5)
    decoder(source)
    assert found(picture(), sound()) == ([], media.FAILED)


def test_a_sound_is_not_taken_for_a_picture(decoder):
    decoder(f"import base64; print(base64.b64encode({sound(0.01)!r}).decode())")
    assert found(picture()) == ([], media.FAILED)


def test_what_was_made_before_a_crash_is_shown(decoder):
    decoder(media.DECODER.read_text().replace("soundfile.write(", "(lambda *_, **__: os.abort())("))
    shown, trouble = found(picture(), sound())
    assert [medium.kind for medium in shown] == ["picture"]
    assert trouble == media.FAILED


@pytest.mark.parametrize("deed", [
    "os.fork()", f"open({str(bubblewrap.REPOSITORY / 'notebooks')!r})",
    "__import__('socket').socket()", "__import__('threading').Thread(target=print).start()"])
def test_a_decoder_reaches_nothing(decoder, deed):
    decoder(media.DECODER.read_text().replace("image.thumbnail(", f"{deed}; print('done it', flush=True)\n        ("))
    assert found(picture()) == ([], "")


def test_hundreds_of_large_pictures_are_too_many():
    large = picture(size=(4000, 4000))
    exercises = {str(n): [cell(*(large + bytes([n, m]) for m in range(4)))] for n in range(42)}
    by_name, trouble = media.media(exercises, room=MEDIA)
    assert trouble == ""
    assert 0 < sum(len(shown) for shown, _ in by_name.values()) <= media.TRIES
    assert by_name["41"] == ([], True)


def test_small_pictures_are_limited_by_exercise_and_page():
    small = picture()
    exercises = {str(n): [cell(*(small + bytes([n, m]) for m in range(9)))] for n in range(20)}
    by_name, _ = media.media(exercises, room=MEDIA)
    assert {len(shown) for shown, _ in by_name.values()} == {media.PICTURES, 0}
    assert sum(len(shown) for shown, _ in by_name.values()) == media.TRIES
    assert all(more for _, more in by_name.values())


def test_the_same_picture_is_decoded_once():
    by_name, _ = media.media({str(n): [cell(picture(), picture())] for n in range(2 * media.TRIES)}, room=MEDIA)
    assert all(len(shown) == 1 and not more for shown, more in by_name.values())


def test_what_there_is_no_room_for_is_left_out():
    [one], _ = found(picture("red"))
    by_name, trouble = media.media({"a": [cell(picture("red"), picture("blue"))]}, room=len(one.address) + 10)
    assert len(by_name["a"][0]) == 1
    assert by_name["a"][1]
    assert trouble == ""
