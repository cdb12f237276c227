"""A PostgreSQL of the tests' own, started from Debian's package, for tests that take the fixture `postgres`."""

import glob
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
import sqlalchemy


@pytest.fixture
def postgres(server: str) -> str:
    """The address of a new, empty database."""
    name = f"course_{uuid4().hex}"
    with sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that only this user can talk to: a socket in a private folder, no port."""
    programs = _programs()
    folder = Path(mkdtemp(prefix="pg-", dir="/tmp"))
    root = os.geteuid() == 0  # PostgreSQL refuses to run as root
    if root:
        shutil.chown(folder, "nobody")
    person = ["setpriv", "--reuid=nobody", "--clear-groups"] if root else []
    data = folder / "data"
    subprocess.run([*person, programs / "initdb", "-D", data, "-U", "course", "--auth=trust", "--no-sync"], check=True,
                   capture_output=True, cwd=folder)
    server = subprocess.Popen([*person, programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
                              cwd=folder, stderr=subprocess.DEVNULL)
    url = f"postgresql+psycopg://course@/postgres?host={folder}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                sqlalchemy.create_engine(url).connect().close()
                break
            except sqlalchemy.exc.OperationalError:
                assert time.monotonic() < deadline and server.poll() is None, "PostgreSQL does not start"
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs; installs Debian's package where that is allowed."""
    pattern = "/usr/lib/postgresql/*/bin/initdb"
    if not glob.glob(pattern) and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"], check=False,
                       capture_output=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    found = sorted(glob.glob(pattern))
    if not found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found[-1]).parent
