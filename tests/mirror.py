"""A mirror of public corpora on this machine: tiny archives in each corpus's own layout, and a server that misbehaves.

The sounds are the course's, or those of COURSE_DATA. As a program it runs the command with the checksums of these
archives: `python tests/mirror.py ARCHIVES fetch NAME --to DIR ...`.
"""

import hashlib
import io
import re
import sys
import tarfile
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent))
from course_utils import corpus
from course_utils.fetch import cli

LONG = 65
"""Seconds of the longest recordings."""


def sound(kind, k, *, seconds=0.6, rate=16000, channels=1):
    """Return a piece of a recording (T, C), as if it had been recorded at another rate."""
    files = corpus.files(kind, "train")
    x = corpus.load(files[k % len(files)]).numpy().ravel()
    start = int(np.abs(x).argmax()) if kind != "rir" else 0
    x = np.resize(np.roll(x, -start), round(seconds * 16000))
    x = np.interp(np.arange(round(seconds * rate)) / rate, np.arange(len(x)) / 16000, x)
    return np.stack([x] * channels, 1)


def encoded(samples, rate, kind="wav"):
    """Return an audio file's bytes."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=kind.upper())
    return file.getvalue()


def librispeech():
    parts = {"train-clean-100": (19, 26), "dev-clean": (84,), "test-clean": (61,)}
    for part, speakers in parts.items():
        members = {"LibriSpeech/README.TXT": b"A corpus of read speech\n"}
        for speaker in speakers:
            folder, lines = f"LibriSpeech/{part}/{speaker}/198", []
            for k in range(2):
                seconds = LONG if (speaker, k) == (26, 1) else 0.6
                members[f"{folder}/{speaker}-198-000{k}.flac"] = encoded(sound("speech", speaker + k, seconds=seconds),
                                                                         16000, "flac")
                lines.append(f"{speaker}-198-000{k} SOME WORDS\n")
            members[f"{folder}/{speaker}-198.trans.txt"] = "".join(lines).encode()
        yield f"{part}.tar.gz", tar(members)


def vctk():
    members = {"speaker-info.txt": b"ID AGE\n", "license_text": b"CC BY 4.0\n"}
    for k, speaker in enumerate(("p225", "p226", "p232", "p257", "p280", "p287", "p315")):
        for utterance in ("001", "002"):
            stem = f"wav48_silence_trimmed/{speaker}/{speaker}_{utterance}"
            members[f"{stem}_mic1.flac"] = encoded(sound("speech", k, rate=48000), 48000, "flac")
            if speaker != "p280":  # it has no second microphone, as in the real one
                members[f"{stem}_mic2.flac"] = members[f"{stem}_mic1.flac"]
            if speaker != "p315":  # it has no texts
                members[f"txt/{speaker}/{speaker}_{utterance}.txt"] = b"Some words.\n"
    yield "VCTK-Corpus-0.92.zip", zipped(members)


def voicebank_demand():
    kinds = ["babble", "cafeteria", "car", "kitchen"]
    sets = {"trainset_28spk": [(speaker, n, kinds[n]) for speaker in ("p226", "p287", "p228") for n in range(4)],
            "testset": [("p232", 1, "bus"), ("p257", 2, "living")]}
    logs = {}
    for name, utterances in sets.items():
        clean, noisy, log = {}, {}, []
        for k, (speaker, n, kind) in enumerate(utterances):
            s, noise = 0.3 * sound("speech", k, rate=48000), 0.3 * sound("noise", k, rate=48000)
            file = f"{speaker}_{n:03}.wav"
            clean[f"clean_{name}_wav/{file}"] = encoded(s, 48000)
            noisy[f"noisy_{name}_wav/{file}"] = encoded(s + noise, 48000)
            noisy[f"__MACOSX/noisy_{name}_wav/._{file}"] = b"Mac OS X"
            log.append(f"{speaker}_{n:03} {kind} 2.5\n")
        yield f"clean_{name}_wav.zip", zipped(clean)
        yield f"noisy_{name}_wav.zip", zipped(noisy)
        logs[f"log_{name}.txt"] = "".join(log).encode()
    yield "logfiles.zip", zipped(logs)


def speech_commands():
    speakers = {"0a7c2a8d": "training", "1b4c9b89": "training", "2c6d3924": "validation", "3d53244b": "testing"}
    members = {"./README.md": b"Words\n", "./_background_noise_/running_tap.wav": encoded(sound("noise", 0), 16000)}
    lists = {"validation": "", "testing": ""}
    for k, (speaker, subset) in enumerate(speakers.items()):
        for word in ("yes", "no"):
            for number in range(2):
                members[f"./{word}/{speaker}_nohash_{number}.wav"] = encoded(sound("speech", k), 16000)
                if subset in lists:
                    lists[subset] += f"{word}/{speaker}_nohash_{number}.wav\n"
    yield "speech_commands_v0.02.tar.gz", tar(members | {f"./{subset}_list.txt": text.encode()
                                                         for subset, text in lists.items()})


def yesno():
    names = ("0_0_0_0_1_1_1_1", "0_0_0_1_0_0_0_1", "1_1_1_1_1_1_1_1")
    yield "waves_yesno.tar.gz", tar({"waves_yesno/README": b"Yes and no\n"} | {
        f"waves_yesno/{name}.wav": encoded(sound("speech", k, rate=8000), 8000) for k, name in enumerate(names)})


def musan():
    members = {"musan/README": b"Music, speech, noise\n", "musan/noise/free-sound/LICENSE": b"CC0\n",
               "musan/music/fma/music-fma-0000.wav": encoded(sound("noise", 0), 16000)}
    for k in range(11):
        source, name = ("free-sound", "noise-free-sound") if k < 8 else ("sound-bible", "noise-sound-bible")
        seconds = LONG if k == 3 else 0.6
        members[f"musan/noise/{source}/{name}-{k:04}.wav"] = encoded(sound("noise", k, seconds=seconds), 16000)
    yield "musan.tar.gz", tar(members)


def esc50():
    top, rows = "ESC-50-33c8ce9eb2cf0b1c2f8bcf322eb349b6be34dbb6", ["filename,fold,target,category,esc10,src_file,take"]
    members = {f"{top}/README.md": b"ESC-50\n"}
    for fold in range(1, 6):
        for take in "AB":
            x = sound("noise", fold, seconds=1, rate=44100)
            x[22050:] *= take == "B"  # short sounds are filled up with zeros
            name = f"{fold}-10{fold}-{take}-0.wav"
            members[f"{top}/audio/{name}"] = encoded(x, 44100)
            rows.append(f"{name},{fold},0,{'dog' if fold % 2 else 'sea_waves'},True,10{fold},{take}")
    members[f"{top}/meta/esc50.csv"] = "\n".join(rows).encode()
    members[f"{top}/audio/5-999-A-0.wav"] = encoded(np.zeros((4410, 1)), 44100)
    members[f"{top}/meta/esc50.csv"] += b"\n5-999-A-0.wav,5,1,rain,False,999,A\n"
    yield "ESC-50.zip", zipped(members)


def rirs():
    folder = "RIRS_NOISES/real_rirs_isotropic_noises"
    names = ["air_type1_air_binaural_aula_carolina_1_3_0_3", "air_type1_air_phone_bt_office_hhp",
             "air_type1_air_binaural_office_0_1", "air_type1_air_phone_stairway1_hfrp",
             "air_type1_air_binaural_stairway_1_1_90", "RVB2014_type1_rir_largeroom1_far_angla",
             "RVB2014_type2_rir_simroom1_near_anglb", "RWCP_type1_rir_circle_e1a_imp000",
             "RWCP_type1_rir_circle_e1c_imp010", "RWCP_type2_rir_cirline_ofc_imp130", "RWCP_type4_rir_p30l"]
    members = {f"{folder}/RVB2014_type1_noise_largeroom1_1.wav": encoded(sound("noise", 0), 16000),
               "RIRS_NOISES/simulated_rirs/smallroom/Room001/Room001-00000.wav": encoded(sound("rir", 0), 16000)}
    for k, name in enumerate(names):
        h = np.concatenate([np.zeros((800, 8)), sound("rir", k, seconds=0.5, channels=8)])  # the way through the air
        h[:, 1:] *= -0.2
        members[f"{folder}/{name}.wav"] = encoded(0.3 * h, 16000)
    yield "rirs_noises.zip", zipped(members)


def maestro():
    top = "maestro-v3.0.0"
    rows = ["canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration"]
    members = {f"{top}/LICENSE": b"CC BY-NC-SA 4.0\n"}
    pieces = [("Franz Schubert", "Sonata in A Major, D. 959", "train"), ("Franz Schubert", "Sonata in A Major, D. 959",
              "train"), ("Alban Berg", "Sonata Op. 1", "validation"), ("Frédéric Chopin", "Étude Op. 10 No. 1", "test")]
    for k, (composer, title, split) in enumerate(pieces):
        name = f"2004/MIDI-Unprocessed_SMF_02_R1_2004_01-05_ORIG_MID--AUDIO_02_R1_2004_05_Track0{k}_wav"
        members[f"{top}/{name}.wav"] = encoded(sound("noise", k, seconds=LONG if k == 0 else 1, rate=44100, channels=2),
                                               44100)
        members[f"{top}/{name}.midi"] = b"MThd"
        rows.append(f'{composer},"{title}",{split},2004,{name}.midi,{name}.wav,1.0')
    members[f"{top}/{top}.csv"] = "\n".join(rows).encode()
    yield f"{top}.zip", zipped(members)


CORPORA = {"librispeech": librispeech, "vctk": vctk, "voicebank-demand": voicebank_demand,
           "speech-commands": speech_commands, "yesno": yesno, "musan": musan, "esc50": esc50, "rirs": rirs,
           "maestro": maestro}


def tar(members):
    """Return a tar.gz of names and bytes; a TarInfo may stand for a name."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as archive:
        for name, content in members.items():
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def zipped(members):
    """Return a zip of names and bytes; a ZipInfo may stand for a name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def build(folder, names=CORPORA):
    """Write the archives of corpora into a folder."""
    for name in names:
        for file, content in CORPORA[name]():
            (folder / file).write_bytes(content)


def declared(folder):
    """Return the corpora as declared, but with the checksums of the archives in a folder."""
    def here(archive):
        path = folder / archive.name
        if archive.checksum is None or not path.is_file():
            return archive
        return replace(archive, checksum=f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}")
    return {name: replace(corpus, archives=tuple(map(here, corpus.archives))) for name, corpus in REAL().items()}


REAL = cli.corpora


class Handler(BaseHTTPRequestHandler):
    """Serves files with Range, and as badly as the server's `manners` say."""

    def do_GET(self):
        self.answer(with_body=True)

    def do_HEAD(self):
        self.answer(with_body=False)

    def answer(self, *, with_body):
        self.server.asked.append((self.command, self.path, self.headers.get("Range")))
        path = self.server.folder / self.path.lstrip("/")
        manners = self.server.manners
        if not path.is_file() or manners.get("status"):
            return self.send_error(manners.get("status", 404))
        content = path.read_bytes()
        start = 0
        if (asked := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))) and not manners.get("no_range"):
            start = int(asked[1])
            if start >= len(content) or manners.get("nothing_behind"):
                self.send_response(416)
                if start >= len(content):
                    self.send_header("Content-Range", f"bytes */{len(content)}")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            self.send_response(206)
            if "another_piece" in manners:
                start = manners["another_piece"]
            whole, content = len(content), content[:start + manners.get("piece", len(content))]
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{whole}")
        else:
            self.send_response(302 if "redirect" in manners else 200)
            self.send_header("Location", manners.get("redirect", ""))
        if "length" in manners:
            self.send_header("Content-Length", manners["length"])
        elif not manners.get("no_length"):
            self.send_header("Content-Length", str(len(content) - start))
        if encoding := manners.get("encoding"):
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        if with_body:
            self.wfile.write(content[start:start + manners.get("cut", len(content))])
        return None

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serving(folder, **manners):
    """Serve a folder; yield the server, with its `address` and what it was `asked`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.folder, server.manners, server.asked = folder, manners, []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    found = declared(Path(sys.argv[1]))
    cli.corpora = lambda: found
    raise SystemExit(cli.main(sys.argv[2:]))
