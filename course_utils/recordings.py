"""A student's own voice and own noise: uploaded in a lesson, looked at, and kept beside the notebook.

    recordings.upload("noise")
    recordings.mine("noise")  # name -> (1, 1, T)

What is kept are mono FLAC files at 16 kHz in `my_audio/<kind>/`, beside the notebook. They go nowhere else: they are
not handed in, and what is shown within `unsaved()` does not become part of the notebook.
"""

import html
import io
import math
import os
import re
import unicodedata
from itertools import count
from pathlib import Path
from typing import BinaryIO

import ipywidgets
import soundfile
import torch
from IPython.display import display

from course_utils import corpus, listen
from course_utils.signal import SAMPLE_RATE, level_db

FOLDER = "my_audio"
"""Beside the notebook. The grader knows this name too, and takes nothing from there."""
LEVELS = {"voice": -26.0, "noise": -30.0}
"""The kinds, and the level of the course's own recordings of each in dBFS: of speech, where somebody speaks."""
LONGEST_SECONDS, SHORTEST_SECONDS = 60.0, 1.0
LARGEST = 50_000_000
"""Bytes that a file may have."""
MOST = 20
"""Recordings of a kind in a lesson's folder: together they stay below what nbgrader takes for a large folder."""
PEAK = 10 ** (-1 / 20)
"""No sample gets beyond -1 dBFS."""
SILENT, QUIET = -80.0, -55.0
"""Levels in dBFS: below the first there is nothing to hear, below the second mostly the microphone's own noise."""
BEYOND = 2.0
"""Peaks that are higher than this are no lossy format's: a program has written numbers of another scale, or 16 bits."""
CLIPPED = 0.001
"""Share of samples at full scale that one may hear."""
ACCEPTED = (".m4a,.mp3,.ogg,.opus,.wav,.flac,.webm,.mp4,.mov,.aac,.aif,.aiff,.caf,.amr,.3gp,"
            "audio/*")
"""What the browser offers to choose from."""


def upload(kind: str) -> None:
    """Show a button with which a student uploads a recording. While a notebook is graded, nothing is shown.

    Parameters
    ----------
    kind : {"voice", "noise"}
        What is in it.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    _check(kind)
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return
    button = ipywidgets.FileUpload(accept=ACCEPTED, description=f"Upload your {kind}", layout={"width": "14em"})
    about = ipywidgets.HTML(
        f"m4a, mp3, ogg, wav, flac, webm, or a video with sound. The first {LONGEST_SECONDS:.0f} s are kept in "
        f"<code>{FOLDER}/{kind}/</code> beside this notebook, on the computer that runs it, and nowhere else: they are "
        "not handed in. Delete them there at any time.<br>To record, use the voice recorder of your phone, and send "
        "the file to this computer. If nothing happens with a file of more than 10 MB, drag it, in the list of files, "
        f"into a folder <code>{FOLDER}</code>, and run "
        f"<code>recordings.keep(&quot;{kind}&quot;, &quot;{FOLDER}/its name&quot;)</code>.")
    status, sound = ipywidgets.HTML(), ipywidgets.Output()

    def take(change: dict) -> None:
        for file in change["new"]:
            status.value = f"Reading {html.escape(file['name'])} ..."
            sound.clear_output()
            try:
                path, said = keep(kind, io.BytesIO(file["content"]), name=file["name"])
            except Exception as error:  # of what goes wrong in here, nobody would see a traceback
                status.value = f"<b>{html.escape(file['name'])} was not kept.</b> {html.escape(str(error))}"
                continue
            status.value = "<br>".join([*map(html.escape, said), "Now run the next cell."])
            with sound:
                display(listen.compare({path.stem: corpus.load(path)}, caption="Your recording, as it is kept."))
        if change["new"]:
            button.value = ()  # the file itself is not needed any more

    button.observe(take, "value")
    display(ipywidgets.VBox([button, about, status, sound]))


def keep(kind: str, source: str | Path | BinaryIO, *, name: str = "") -> tuple[Path, list[str]]:
    """Look at a recording, bring it to the course's form and level, and keep it in `my_audio/<kind>/`.

    For a file that is on this computer already; `upload` does the same with one that is not. Nothing is overwritten.

    Parameters
    ----------
    kind : {"voice", "noise"}
        What is in it.
    source : str, Path or binary file
        Its name, or the open file: anything that `course_utils.decode` reads.
    name : str
        What to call it; by default like the file.

    Returns
    -------
    path : Path
        Where it is kept.
    said : list of str
        What has been done to it and what is odd about it, in sentences.

    Raises
    ------
    ValueError
        If it cannot be used, or not be written. The message says why, and what to do.
    """
    from course_utils.decode import decode  # PyAV and its FFmpeg: only who brings a recording waits for them

    _check(kind)
    if isinstance(source, str | Path):
        with _open(Path(source)) as file:
            return keep(kind, file, name=name or Path(source).name)
    folder = Path(FOLDER) / kind
    if len(list(folder.glob("*.flac"))) >= MOST:
        raise ValueError(f"There are {MOST} recordings in {folder} already. Delete some of them.")
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    if not size:
        raise ValueError("The file is empty, it has 0 bytes. Save or send it once more.")
    if size > LARGEST:
        raise ValueError(f"The file has {size / 1e6:.0f} MB, and may have {LARGEST / 1e6:.0f}. Cut out a minute, or "
                         "save it as M4A or MP3.")
    try:
        found = decode(source, seconds=LONGEST_SECONDS)
    except ValueError as error:
        raise ValueError(f"The file cannot be used: {error}.") from None
    x, said = _mend(found.x, kind)
    if found.longer:
        said.insert(0, f"It is longer than {LONGEST_SECONDS:.0f} s: the beginning is kept.")
    if found.damaged:
        said.append("Some of it is damaged, and was left out.")
    if found.clipped > CLIPPED and float(found.x.abs().max()) <= BEYOND:
        said.append(f"{found.clipped:.1%} of its samples are clipped: it was too loud for the microphone. Record it "
                    "again from further away, if you can.")
    path = _write(x, folder, _safe(name) or kind)
    return path, [f"Kept: {x.shape[-1] / SAMPLE_RATE:.1f} s in {path.as_posix()}.", *said]


def mine(kind: str, *, seconds: float | None = None) -> dict[str, torch.Tensor]:
    """Return the recordings that were uploaded in this lesson and in the lessons beside it, the newest first.

    Parameters
    ----------
    kind : {"voice", "noise"}
        What is in them.
    seconds : float, optional
        Length wanted; a shorter recording is repeated. By default as they are.

    Returns
    -------
    dict of str to torch.Tensor [shape=(1, 1, time)]
        Name -> waveform at 16 kHz; empty if there are none.

    Raises
    ------
    ValueError
        If there is no such kind, or as `corpus.load`.
    """
    _check(kind)
    here = Path.cwd()
    beside = sorted(path for path in here.parent.glob(f"*/{FOLDER}/{kind}/*.flac") if here not in path.parents)
    own = (here / FOLDER / kind).glob("*.flac")
    listed = {path.stem: path for path in [*beside, *own]}  # of two with one name, one's own
    newest = sorted(listed, key=lambda name: (-listed[name].stat().st_mtime, name))
    found = {name: corpus.load(listed[name]) for name in newest}
    if seconds is None:
        return found
    length = round(seconds * SAMPLE_RATE)
    return {name: x.repeat(1, 1, -(-length // x.shape[-1]))[..., :length] for name, x in found.items()}


def unsaved() -> ipywidgets.Output:
    """Make a place in the notebook for what is not saved with it: `with recordings.unsaved(): display(...)`.

    A notebook as it is saved, and handed in, holds its sounds. In here they live in a widget, whose content
    JupyterLab does not save.
    """
    place = ipywidgets.Output()
    display(place)
    return place


def _check(kind: str) -> None:
    if kind not in LEVELS:
        raise ValueError(f"there is no kind {kind!r} of recordings; there are: {', '.join(LEVELS)}")


def _open(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}. Is the name right? It begins in the folder of this "
                         "notebook.") from None


def _mend(x: torch.Tensor, kind: str) -> tuple[torch.Tensor, list[str]]:
    """Take out what is constant, bring to the course's level, and return this with what was done: (1, 1, T)."""
    said = []
    if not torch.isfinite(x).all():
        raise ValueError("The file cannot be used: it holds samples that are no numbers. Export it as WAV once more.")
    if x.shape[-1] < SHORTEST_SECONDS * SAMPLE_RATE:
        raise ValueError(f"The recording has {x.shape[-1] / SAMPLE_RATE:.2f} s. Record {SHORTEST_SECONDS:.0f} s at "
                         "least; 10 s are better.")
    if (peak := float(x.abs().max())) > BEYOND:
        x = x / peak
        said.append(f"Its samples went up to {peak:.3g} where full scale is 1, and have been divided by that.")
    offset = x.mean()
    x = x - offset  # (1, 1, T)
    if float(level_db(x)) < SILENT:
        raise ValueError("The recording is silent. Was the microphone muted, or another one in use?")
    if offset.square() > 0.1 * x.square().mean():
        said.append(f"A constant part (DC offset) of {float(offset):.3f} has been taken out.")
    level, wanted = _level(x, kind), LEVELS[kind]
    gain = min(10 ** ((wanted - level) / 20), PEAK / float(x.abs().max()))
    change = 20 * math.log10(gain)  # dB
    now = "as the course's own recordings are"
    if level + change < wanted - 0.05:
        now = f"and not at {wanted:.0f} as the course's own, because its peaks would be cut off"
    said.append(f"It was at {level:.1f} dBFS and has been made {abs(change):.1f} dB "
                f"{'louder' if change > 0 else 'quieter'}: it is at {level + change:.1f} dBFS now, {now}.")
    if level < QUIET:
        said.append("It was very quiet, so you hear much of the microphone's own noise now. Record it again from "
                    "nearby, if you can.")
    return gain * x, said


def _level(x: torch.Tensor, kind: str) -> float:
    """Return the level in dBFS; of a voice, of those pieces of 20 ms that are within 40 dB of the loudest."""
    if kind == "voice":
        pieces = x.unfold(-1, SAMPLE_RATE // 50, SAMPLE_RATE // 50)  # (1, 1, K, 320)
        power = pieces.square().mean(-1)  # (1, 1, K)
        x = pieces[power > 1e-4 * power.max()].flatten()  # (T',)
    return float(level_db(x))


def _safe(name: str) -> str:
    """Return a name for a file here: no folders, no suffix, and of signs only letters, digits, - and _."""
    stem = Path(re.split(r"[/\\]", name)[-1]).stem
    return re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", stem)).strip("_-")[:40]


def _write(x: torch.Tensor, folder: Path, stem: str) -> Path:
    """Write a recording, (1, 1, T), under a name that is not taken, and return where."""
    content = io.BytesIO()
    soundfile.write(content, x[0, 0].numpy(), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    path = folder
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)  # it may be a server that others use too
        folder.mkdir(exist_ok=True)
        for number in count(1):
            path = folder / (f"{stem}.flac" if number == 1 else f"{stem}-{number}.flac")
            if not os.path.lexists(path):
                break
        with path.open("xb") as file:
            try:
                file.write(content.getvalue())
                file.flush()
            except OSError:
                path.unlink()  # half a file
                raise
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror}. Is the disk full, or the folder not yours? "
                         "Delete what you do not need, and try again.") from None
    return path
