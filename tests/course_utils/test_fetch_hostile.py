"""Archives made to harm: whatever they hold, nothing lands outside the folder, and the disk does not fill."""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile

import mirror
import pytest

from course_utils.fetch import archive, cli, download

INSIDE = {"waves_yesno/README": b"Yes and no\n", "waves_yesno/1_1_1_1_1_1_1_1.wav": b"RIFF"}


def member(name, kind, target=""):
    """Return a tar member that is no plain file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zip_member(name, mode):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def lying_zip():
    """Return a zip whose member says that it has a terabyte."""
    content = mirror.zipped({"a.wav": b"RIFF" * 100})
    at = content.index(b"PK\x01\x02")
    return content[:at + 24] + struct.pack("<I", 0xFFFFFFF0) + content[at + 28:]


def understating_zip():
    """Return a zip of 30 MB that says of itself that it has 10 bytes."""
    content = mirror.zipped({"a.wav": bytes(30_000_000)})
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature)
        content = content[:at + offset] + struct.pack("<I", 10) + content[at + offset + 4:]
    return content


def lying_tar():
    info = tarfile.TarInfo("waves_yesno/huge.wav")
    info.size = 10 ** 15
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))


def header_bomb():
    """Return a tar.gz with an extended header of 200 MB, which tarfile would read into memory at once."""
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 200_000_000
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed:
        packed.write(info.tobuf(tarfile.GNU_FORMAT))
        for _ in range(200):
            packed.write(bytes(10 ** 6))
    return file.getvalue()


def nested_headers():
    """Return a tar.gz of extended headers of extended headers, on which tarfile recurses."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5
    return gzip.compress((info.tobuf(tarfile.GNU_FORMAT) + b"name\0".ljust(512, b"\0")) * 5000)


def sparse_tar():
    """Return a tar.gz with a file of a petabyte that is nearly all holes."""
    info = tarfile.TarInfo("waves_yesno/sparse.wav")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 512
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    block[386:398], block[398:410] = b"00000000000\0", b"00000001000\0"
    block[483:495] = b"\x80" + (10 ** 15).to_bytes(11, "big")
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return gzip.compress(bytes(block) + bytes(512 + 1024))


def doubled_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("waves_yesno/a.wav", b"one")
        made.writestr("waves_yesno/a.wav", b"two")
    return file.getvalue()


def doubled_tar():
    return mirror.tar({tarfile.TarInfo("waves_yesno/a.wav"): b"one", tarfile.TarInfo("./waves_yesno/a.wav"): b"two"})


def encrypted_zip():
    content = bytearray(mirror.zipped({"a.wav": b"RIFF"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def cut(content):
    return content[:len(content) * 2 // 3]


def sounding(name):
    """Return an archive with data that packing does not shrink, so that cutting it cuts a member."""
    return {**INSIDE, name: os.urandom(200_000)}


HOSTILE = {
    "parent": ("lead out", lambda: mirror.tar({**INSIDE, "../escaped": b"x"})),
    "parent inside": ("lead out", lambda: mirror.tar({"waves_yesno/../../escaped": b"x"})),
    "parent zip": ("lead out", lambda: mirror.zipped({"a/../../escaped": b"x"})),
    "absolute": ("lead out", lambda: mirror.tar({"{outside}/escaped": b"x"})),
    "absolute zip": ("lead out", lambda: mirror.zipped({"{outside}/escaped": b"x"})),
    "backslash zip": ("lead out", lambda: mirror.zipped({"..\\..\\escaped": b"x"})),
    "drive": ("lead out", lambda: mirror.tar({"C:/escaped": b"x"})),
    "line feed": ("cannot be written", lambda: mirror.tar({"a\nb.wav": b"x"})),
    "too long": ("cannot be written", lambda: mirror.tar({"a" * 300 + ".wav": b"x"})),
    "too deep": ("cannot be written", lambda: mirror.tar({"a/" * 1000 + "b.wav": b"x"})),
    "symlink": ("link", lambda: mirror.tar({member("waves_yesno", tarfile.SYMTYPE, "{outside}"): b"",
                                            "waves_yesno/escaped": b"x"})),
    "symlink zip": ("link", lambda: mirror.zipped({zip_member("waves_yesno", stat.S_IFLNK | 0o777): b"{outside}"})),
    "hardlink": ("link", lambda: mirror.tar({member("a.wav", tarfile.LNKTYPE, "/etc/passwd"): b""})),
    "device": ("device", lambda: mirror.tar({member("null", tarfile.CHRTYPE): b""})),
    "disk": ("device", lambda: mirror.tar({member("disk", tarfile.BLKTYPE): b""})),
    "pipe": ("device", lambda: mirror.tar({member("a.wav", tarfile.FIFOTYPE): b""})),
    "device zip": ("device", lambda: mirror.zipped({zip_member("null", stat.S_IFCHR | 0o666): b""})),
    "bomb": ("twice as much", lambda: mirror.tar({"waves_yesno/a.wav": bytes(30_000_000)})),
    "bomb zip": ("twice as much", lambda: mirror.zipped({"a.wav": bytes(30_000_000)})),
    "many small bombs": ("twice as much", lambda: mirror.tar({f"{k}.wav": bytes(10 ** 6) for k in range(30)})),
    "members": ("members", lambda: mirror.tar({f"{k}.wav": b"" for k in range(3000)})),
    "members zip": ("members", lambda: mirror.zipped({f"{k}.wav": b"" for k in range(3000)})),
    "folders": ("members", lambda: mirror.tar({member(f"d{k}", tarfile.DIRTYPE): b"" for k in range(3000)})),
    "same name": ("two members", doubled_tar),
    "same name zip": ("two members", doubled_zip),
    "file and folder": ("two members", lambda: mirror.tar({"a": b"x", "a/b.wav": b"x"})),
    "folder and file": ("two members", lambda: mirror.tar({"a/b.wav": b"x", "a": b"x"})),
    "says it is huge": ("twice as much", lying_tar),
    "says it is huge zip": ("twice as much", lying_zip),
    "says it is small zip": ("damaged", understating_zip),
    "sparse": ("twice as much", sparse_tar),
    "header bomb": ("a header of", header_bomb),
    "nested headers": ("truncated or damaged", nested_headers),
    "encrypted zip": ("encrypted", encrypted_zip),
    "truncated": ("truncated", lambda: cut(mirror.tar(sounding("waves_yesno/a.wav")))),
    "truncated zip": ("truncated", lambda: cut(mirror.zipped(sounding("a.wav")))),
    "empty": ("sends nothing", lambda: b""),
    "page": ("sends no archive", lambda: b"<html>Please log in</html>"),
    "gzip of a page": ("truncated or damaged", lambda: gzip.compress(b"<html>Please log in</html>" * 100)),
    "damaged zip": ("damaged", lambda: mirror.zipped({"a.wav": b"RIFF" * 1000}).replace(b"PK\x03\x04", b"PK\x03\x05")),
}


def tree(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_harms_nothing(name, tmp_path, monkeypatch, capsys):
    """By the command line, with the right checksum: a publisher's server may be taken over."""
    monkeypatch.setattr(download, "WAIT", 0.01)
    words, make = HOSTILE[name]
    outside, to = tmp_path / "outside", tmp_path / "to"
    outside.mkdir()
    site = tmp_path / "site"
    site.mkdir()
    content = make()
    if name.startswith(("absolute", "symlink")):
        content = aimed(content, outside)
    (site / "waves_yesno.tar.gz").write_bytes(content)
    monkeypatch.setattr(cli, "corpora", lambda: mirror.declared(site))
    with mirror.serving(site) as server:
        status = cli.main(["fetch", "yesno", "--to", str(to), "--mirror", server.address])
    said = capsys.readouterr().err
    assert status == 1 and words in said and "waves_yesno.tar.gz" in said, said
    assert "Traceback" not in said
    assert tree(tmp_path) - {"to", "site", "outside", "site/waves_yesno.tar.gz"} == {
        f"to/{path}" for path in tree(to)}, "something landed outside"
    assert not list(to.rglob("*.flac")) and not (to / "MANIFEST.csv").exists()
    assert not any(path.is_symlink() or not (path.is_file() or path.is_dir()) for path in to.rglob("*"))
    assert sum(path.stat().st_size for path in to.rglob("*")) < 20_000_000 + len(content)
    assert not (to / ".fetch/yesno/waves_yesno.tar.gz").exists()  # so that the next run gets another one


def aimed(content, outside):
    """Put the address of a folder into an archive, packed anew."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            members = {info: opened.read(info) for info in opened.infolist()}
        for info in members:
            info.filename = info.filename.replace("{outside}", str(outside))
        return mirror.zipped({info: data.replace(b"{outside}", str(outside).encode()) for info, data in
                              members.items()})
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        members = {info: (opened.extractfile(info).read() if info.isreg() else b"") for info in opened}
    for info in members:
        info.name = info.name.replace("{outside}", str(outside))
        info.linkname = info.linkname.replace("{outside}", str(outside))
    return mirror.tar(members)


def test_the_same_archives_harm_those_who_trust_them(tmp_path):
    """The bait works: what is refused above does harm if it is unpacked as it says."""
    outside = tmp_path / "outside"
    outside.mkdir()
    linked = aimed(HOSTILE["symlink"][1](), outside)
    with tarfile.open(fileobj=io.BytesIO(linked)) as opened:
        opened.extractall(tmp_path / "in", filter="fully_trusted")
    assert tree(outside) == {"escaped"}
    with tarfile.open(fileobj=io.BytesIO(HOSTILE["parent"][1]())) as opened:
        opened.extractall(tmp_path / "in2", filter="fully_trusted")
    assert (tmp_path / "escaped").is_file()
    with tarfile.open(fileobj=io.BytesIO(HOSTILE["sparse"][1]())) as opened:
        assert [info.size for info in opened] == [10 ** 15]


def test_bytes_are_counted_whatever_a_header_says(tmp_path):
    archive._write(lambda: io.BytesIO(bytes(10)), tmp_path / "a", tmp_path, 10)
    with pytest.raises(ValueError, match="twice as much"):
        archive._write(lambda: io.BytesIO(bytes(10)), tmp_path / "b", tmp_path, 9)


def test_an_honest_archive_is_unpacked_without_rights_or_owners(tmp_path):
    info = tarfile.TarInfo("./waves_yesno/tool")
    info.mode, info.uid = 0o6777, 1234
    (tmp_path / "a.tar.gz").write_bytes(mirror.tar({**INSIDE, info: b"#!/bin/sh"}))
    archive.unpack(tmp_path / "a.tar.gz", tmp_path / "in", wanted=("waves_yesno/*",), most_bytes=1000, most_members=10)
    assert tree(tmp_path / "in") == {"waves_yesno", "waves_yesno/tool", *INSIDE}
    found = (tmp_path / "in/waves_yesno/tool").stat()
    assert found.st_mode & 0o7111 == 0 and found.st_uid == os.getuid()


def test_only_what_is_wanted_is_unpacked(tmp_path):
    (tmp_path / "a.zip").write_bytes(mirror.zipped({"audio/a.wav": b"a", "audio/deep/b.wav": b"b", "midi/c.mid": b"c",
                                                    "__MACOSX/audio/._a.wav": b"d"}))
    archive.unpack(tmp_path / "a.zip", tmp_path / "in", wanted=("audio/*.wav",), most_bytes=2, most_members=4)
    assert tree(tmp_path / "in") == {"audio", "audio/a.wav", "audio/deep", "audio/deep/b.wav"}
