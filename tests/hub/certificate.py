"""A host name and a certificate for it, as a university has them."""

import datetime
import socket
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from provider import new_key

HOST = "hub.university.example"


def certify(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for the host and all names below it, and its key."""
    key = new_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName(f"*.{HOST}")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256()))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


def found_here(patch: pytest.MonkeyPatch) -> None:
    """Look the host and all names below it up as a DNS entry would have them, on this machine."""
    look_up = socket.getaddrinfo
    patch.setattr(socket, "getaddrinfo", lambda name, *more, **options: look_up(
        "127.0.0.1" if str(name).endswith(HOST) else name, *more, **options))
