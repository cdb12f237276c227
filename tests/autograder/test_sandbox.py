"""What student code can do in a sandbox, and what it cannot, in real kernels; as root, and as an ordinary user."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from autograder import bubblewrap, seccomp
from autograder.sandbox import Limits, problem

if problem():
    pytest.skip(f"no sandbox here: {problem()}", allow_module_level=True)

REPOSITORY = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0


class Kernel:
    """A sandboxed kernel and a client for it."""

    def __init__(self, folder: Path, **limits: int) -> None:
        self.manager = KernelManager(kernel_name="sandbox")
        self.manager.kernel_spec.metadata["kernel_provisioner"]["config"] = limits
        self.manager.start_kernel(cwd=str(folder))
        self.provisioner = self.manager.provisioner
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    def run(self, code: str, timeout: float = 300) -> str:
        """Return what a cell shows, or its error; how the sandbox ended, if it does."""
        shown = []

        def show(message: dict) -> None:
            content = message["content"]
            shown.append(content.get("text") or content.get("data", {}).get("text/plain")
                         or (f"{content['ename']}: {content['evalue']}" if "ename" in content else ""))

        request = self.client.execute(dedent(code))
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=0.2)
            except Exception:
                if not self.manager.is_alive():
                    return f"dead: {self.provisioner.reason}"
                continue
            if message["parent_header"].get("msg_id") == request:
                show(message)
                if message["content"].get("execution_state") == "idle":
                    self.client.get_shell_msg(timeout=60)
                    return "".join(shown).strip()
        raise TimeoutError(code)

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a grader has on the disk: a submission, and things that are none of its business."""
    root = tmp_path_factory.mktemp("grader")
    folder = root / "submission"
    (folder / "sub").mkdir(parents=True)
    (folder / "take.wav").write_text("sound")
    (folder / "sub" / "weights.safetensors").write_text("weights")
    (folder / "lesson.ipynb").write_text("hidden tests")
    (folder / ".profile").write_text("settings")
    (folder / "link.wav").symlink_to("/etc/hostname")
    (folder / "pipe.wav").symlink_to(root)
    os.mkfifo(folder / "waits.wav")
    (root / "secret").write_text("of another user")
    (root / "corpus" / "speech").mkdir(parents=True)
    (root / "corpus" / "speech" / "voice.flac").write_text("voice")
    (root / "corpus" / "private.txt").write_text("not audio")
    return folder


@pytest.fixture(scope="module")
def kernel(folder: Path) -> Iterator[Kernel]:
    """One kernel for everything that leaves it as it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTERHUB_API_TOKEN", "hidden-token")
        patch.setenv("COURSE_CHECK_SEED", "hidden-seed")
        patch.setenv("COURSE_DB", "postgresql://hidden-password")
        patch.setenv("OMP_NUM_THREADS", "1")
        patch.setenv("COURSE_DATA", str(folder.parent / "corpus"))
        kernel = Kernel(folder)
    yield kernel
    kernel.stop()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Kernel]]:
    """Start kernels that a test may break."""
    kernels: list[Kernel] = []

    def start(**limits: int) -> Kernel:
        kernels.append(Kernel(tmp_path, **limits))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.stop()


def running(word: str) -> list[int]:
    """Return the processes on this machine that have a word in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            pass
    return found


def wait_until(true: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


# Lessons work


def test_a_lesson_runs_as_outside(kernel: Kernel) -> None:
    assert kernel.run("""
        import numpy, scipy.signal, librosa, matplotlib.pyplot as plt, torch, soundfile
        from course_utils import signal
        torch.nn.Linear(3, 2)(torch.zeros(1, 3)).sum().backward()
        figure = plt.figure(); plt.plot([1, 2]); plt.title("fonts"); figure.savefig("plot.png"); plt.close(figure)
        print(signal.SAMPLE_RATE)
    """) == "16000"  # and not a word on stderr


def test_processes_and_threads_work(kernel: Kernel) -> None:
    assert kernel.run("""
        import multiprocessing, subprocess, torch
        with multiprocessing.get_context("fork").Pool(2) as pool:
            values = pool.map(abs, [-1, -2])
        queue = multiprocessing.Queue(); queue.put(torch.ones(2))
        data = torch.utils.data.DataLoader(torch.arange(6), batch_size=3, num_workers=1)
        print(values, queue.get().tolist(), len(list(data)), subprocess.check_output(["echo", "hi"]))
    """) == "[1, 2] [1.0, 1.0] 2 b'hi\\n'"


def test_an_endless_loop_can_be_interrupted(kernel: Kernel) -> None:
    request = kernel.client.execute("print('on my way', flush=True)\nwhile True: pass", stop_on_error=False)
    shown = ""
    while "on my way" not in shown:  # which may come in pieces
        shown += kernel.client.get_iopub_msg(timeout=60)["content"].get("text", "")
    kernel.manager.interrupt_kernel()
    answer = kernel.client.get_shell_msg(timeout=120)
    while answer["parent_header"].get("msg_id") != request:  # a slow kernel was asked more than once if it is ready
        answer = kernel.client.get_shell_msg(timeout=120)
    assert "KeyboardInterrupt" in str(answer["content"])
    assert kernel.run("40 + 2").endswith("42")


def test_files_come_along_but_no_links_notebooks_or_settings(kernel: Kernel) -> None:
    assert kernel.run("""
        import glob
        print(sorted(name for name in glob.glob("**", recursive=True, include_hidden=True)
                     if not name.startswith((".cache", ".config", ".ipython")) and name != "plot.png"))
        print(open("take.wav").read(), open("sub/weights.safetensors").read())
    """) == "['sub', 'sub/weights.safetensors', 'take.wav']\nsound weights"


def test_audio_of_the_graders_choice_is_there_and_nothing_beside_it(kernel: Kernel, folder: Path) -> None:
    assert kernel.run("""
        import os
        folder = os.environ["COURSE_DATA"]; print(os.listdir(folder), open(folder + "/speech/voice.flac").read())
    """) == "['speech'] voice"


def test_home_and_tmp_can_be_written_and_nothing_comes_back(kernel: Kernel, folder: Path) -> None:
    assert kernel.run("""
        for path in ("take.wav", "new", "/tmp/new", "/dev/shm/new"):
            with open(path, "w") as file:
                file.write("changed")
        print(open("take.wav").read())
    """) == "changed"
    assert (folder / "take.wav").read_text() == "sound"
    assert not (folder / "new").exists()
    kernel.run("open('take.wav', 'w').write('sound'); import os; os.remove('new')")


def test_any_jupyter_program_can_use_it(folder: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os; os.getcwd()")])
    client = NotebookClient(notebook, kernel_name="sandbox", resources={"metadata": {"path": str(folder)}})
    client.execute()
    assert notebook.cells[0].outputs[0].data["text/plain"] == repr(bubblewrap.HOME)


def test_a_restarted_kernel_is_a_new_sandbox(start: Callable[..., Kernel]) -> None:
    kernel = start()
    kernel.run("x = 1; open('left', 'w').close()")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert kernel.run("import os; print('x' in globals(), os.path.exists('left'))") == "False False"


# The machine stays hidden and unharmed


def test_nothing_of_the_machine_is_seen(kernel: Kernel, folder: Path) -> None:
    repository = [REPOSITORY / name for name in ("notebooks", "autograder", "tests", ".git", "nbgrader_config.py")]
    hidden = [*repository, folder, folder.parent / "secret", "/var", "/sys/kernel", "/etc/shadow", "/root/.ssh",
              "/run/dbus", "/boot", "/opt", "/srv", "/mnt", "/dev/kmsg", "/dev/fuse", "/proc/1/root/etc/shadow"]
    assert kernel.run(f"import os; print([p for p in {[str(path) for path in hidden]!r} if os.path.exists(p)])") == "[]"
    assert kernel.run("import os; print(os.listdir('/home'))") == "['student']"
    assert "No module named 'autograder'" in kernel.run("import autograder")


def test_no_secret_is_in_any_environment(kernel: Kernel) -> None:
    text = kernel.run("""
        import glob, os
        print(dict(os.environ))
        for path in glob.glob("/proc/[0-9]*/*"):
            if path.endswith(("/environ", "/cmdline")):
                try:
                    print(open(path, "rb").read())
                except PermissionError:
                    pass
    """)
    assert "'OMP_NUM_THREADS': '1'" in text
    assert "hidden-" not in text
    assert "COURSE_CHECK_SEED" not in text


def test_the_system_is_read_only(kernel: Kernel) -> None:
    paths = ["/", "/usr", "/etc", "/run", "/dev", "/home", sys.prefix, f"{sys.base_prefix}/bin",
             str(REPOSITORY / "course_utils"), "/proc/sys/kernel"]
    assert kernel.run(f"""
        import os
        written = []
        for path in {paths!r}:
            try:
                open(path + "/planted", "w").close(); written.append(path)
            except OSError:
                pass
        print(written, os.access("/proc/sysrq-trigger", os.W_OK) and os.getuid() == 0)
    """) == "[] False"


def test_there_is_no_network(kernel: Kernel) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0course-test")
        abstract.listen()
        assert kernel.run(f"""
            import socket
            reached = []
            for family, kind, address in (
                (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", {server.getsockname()[1]})),
                (socket.AF_INET, socket.SOCK_DGRAM, ("1.1.1.1", 53)),
                (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 80)),
                (socket.AF_VSOCK, socket.SOCK_STREAM, (2, 1)), (socket.AF_UNIX, socket.SOCK_STREAM, "\\0course-test"),
                (socket.AF_PACKET, socket.SOCK_RAW, ("lo", 0)), (socket.AF_NETLINK, socket.SOCK_RAW, (0, 0)),
            ):
                try:
                    socket.socket(family, kind).connect(address); reached.append(family)
                except OSError:
                    pass
            print(reached)
        """) == "[]"


def test_nobody_becomes_more_than_a_student(kernel: Kernel) -> None:
    assert kernel.run("""
        import ctypes, os, subprocess
        libc = ctypes.CDLL(None, use_errno=True)
        gained = [call for call in ("setuid", "setgid") if getattr(libc, call)(0) == 0]
        gained += [flag for flag in (0x10000000, 0x20000, 0x40000000) if libc.unshare(flag) == 0]
        gained += [name for name, at in (("mount", "/tmp"), ("bind", "/mnt"))
                   if libc.mount(b"none", at.encode(), b"tmpfs", 0, None) == 0]
        gained += ["chroot"] if libc.chroot(b"/tmp") == 0 else []
        gained += ["ptrace"] if libc.ptrace(16, 1, 0, 0) == 0 else []
        for program in ("su", "mount", "passwd", "newgrp"):
            done = subprocess.run(["sh", "-c", f"{program} -c id </dev/null 2>&1"], capture_output=True, text=True)
            gained += [program] if "uid=0" in done.stdout else []
        status = open("/proc/self/status").read()
        lines = [line.split()[1] for line in status.splitlines() if line.startswith(("Cap", "NoNewPrivs", "Uid"))]
        print(gained, set(lines[1:6]), lines[6], os.getuid() not in (0, 65534))
    """) == "[] {'0000000000000000'} 1 True"


def test_its_first_process_and_the_graders_cannot_be_killed(kernel: Kernel) -> None:
    other = subprocess.Popen(["sleep", "60"])
    assert kernel.run(f"""
        import os, signal
        for pid in (1, os.getppid(), {os.getpid()}, {other.pid}):
            for number in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
                try:
                    if pid:
                        os.kill(pid, number)
                except OSError:
                    pass
        print("alive")
    """) == "alive"
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_kernel_that_kills_all_it_can_kills_only_itself(start: Callable[..., Kernel]) -> None:
    other, kernel = start(), start()
    assert kernel.run("""
        import os, signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for pid in (0, -1):
            os.kill(pid, signal.SIGKILL)
    """).startswith("dead")
    assert other.run("40 + 2") == "42"


@pytest.mark.skipif(not IS_ROOT, reason="only root gives each sandbox a user of its own")
def test_two_sandboxes_are_two_users(start: Callable[..., Kernel]) -> None:
    users = {start().run("import os; print(os.getuid())") for _ in range(3)}
    assert len(users) == 3
    assert all(61184 <= int(user) < 65520 for user in users)


# What it takes is bounded


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2 or not IS_ROOT, reason="there may be more sandboxes than cores")
def test_two_sandboxes_have_a_core_each_and_cannot_leave_it(kernel: Kernel, start: Callable[..., Kernel]) -> None:
    cores = "import os; print(os.sched_getaffinity(0))"
    leave = """
        import subprocess, sys
        try:
            os.sched_setaffinity(0, range(os.cpu_count()))
        except PermissionError:
            print("refused", subprocess.run([sys.executable, "-c", "import os; print(len(os.sched_getaffinity(0)))"],
                                            capture_output=True, text=True).stdout)
    """
    first = kernel.run(cores)
    # A test of another file may have a sandbox on the other core: then the next one of ours is there.
    assert any(start().run(cores) != first for _ in range(4))
    assert kernel.run(leave).split() == ["refused", "1"]


def test_processes_are_bounded_and_others_go_on(start: Callable[..., Kernel]) -> None:
    bomb, other = start(processes=64), start(processes=64)
    made = int(bomb.run("""
        import os, signal
        children = []
        try:
            for _ in range(300):
                pid = os.fork()
                if not pid:
                    signal.pause()
                children.append(pid)
        except OSError:
            pass
        print(len(children))
    """))
    assert 20 < made < 64
    assert other.run("import subprocess; print(subprocess.check_output(['echo', 'hi']))") == "b'hi\\n'"


@pytest.mark.parametrize("code", [
    "x = bytearray(6 * 10**9)",
    "import torch; x = torch.ones(6 * 10**8, dtype=torch.float64)",
])
def test_memory_of_one_process_is_bounded(start: Callable[..., Kernel], code: str) -> None:
    kernel = start(address_space=5 * 2**30)
    assert "Memory" in kernel.run(code) or "memory" in kernel.run(code)
    assert kernel.run("40 + 2") == "42"


SPAWN = """
import os, signal, time
def each(times, work):
    for _ in range(times):
        if os.fork() == 0:
            kept = work(); time.sleep(60); os._exit(0)
    time.sleep(20)
"""


@pytest.mark.parametrize("code", [
    "each(6, lambda: b'x' * 10**8)",
    "each(1, lambda: [os.setsid(), os.fork(), os.fork(), b'x' * 2 * 10**8])",
    "import ctypes; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0); each(6, lambda: b'x' * 10**8)",
    "for path in ('a', '/tmp/a', '/dev/shm/a'):\n    open(path, 'wb').write(b'x' * 10**8)\ntime.sleep(9)",
    "for n in range(10**6):\n    open(f'/tmp/{n}', 'w').close()\ntime.sleep(9)",
    """
import socket
def fill():
    ends = [end for _ in range(450) for end in socket.socketpair()]
    for end in ends:
        end.setblocking(False)
        try:
            while end.send(bytes(65536)):
                pass
        except OSError:
            pass
    return ends
each(2, fill)
""",
], ids=["processes", "daemons", "undumpable", "files", "empty files", "sockets"])
def test_memory_of_all_together_is_bounded(start: Callable[..., Kernel], code: str) -> None:
    kernel = start(memory=220 * 10**6)
    assert "GB of memory" in kernel.run(SPAWN + code)


def test_memory_that_belongs_to_no_process_is_refused(kernel: Kernel) -> None:
    assert kernel.run("""
        import ctypes, mmap, os
        libc = ctypes.CDLL(None, use_errno=True)
        got = []
        def attempt(name, call):
            try:
                if call() != -1:
                    got.append(name)
            except (OSError, ValueError):
                pass
        attempt("memfd", lambda: os.memfd_create("x"))
        attempt("shared", lambda: mmap.mmap(-1, 10**6))
        attempt("zero", lambda: mmap.mmap(os.open("/dev/zero", os.O_RDWR), 10**6))
        attempt("sysv", lambda: libc.shmget(0, 10**6, 0o1600))
        attempt("keys", lambda: libc.syscall(248, b"user", b"x", b"y", 1, -2))
        attempt("io_uring", lambda: libc.syscall(425, 8, ctypes.create_string_buffer(200)))
        print(got)
    """) == "[]"


def test_600_mb_go_nowhere(kernel: Kernel) -> None:
    assert kernel.run("""
        import os
        kept = []
        for folder in (".", "/tmp", "/dev/shm", "/run/sandbox-kernel"):
            try:
                with open(folder + "/huge", "wb") as file:
                    for _ in range(600):
                        file.write(bytes(10**6))
                    file.flush()
                kept.append(folder)
            except OSError:
                pass
            os.remove(folder + "/huge")
        print(kept)
    """) == "[]"


def test_processor_time_of_all_together_is_bounded(start: Callable[..., Kernel]) -> None:
    kernel = start(cpu_seconds=4)
    assert "processor time" in kernel.run(SPAWN + "each(2, lambda: [None for _ in iter(int, 1)])")


def test_words_past_the_kernel_are_bounded(kernel: Kernel) -> None:
    assert kernel.run("""
        import os
        outside = [int(name) for name in os.listdir("/proc/self/fd")
                   if os.path.exists(f"/proc/self/fd/{name}") and "memfd" in os.readlink(f"/proc/self/fd/{name}")]
        sizes = []
        for handle in outside:
            try:
                for _ in range(100):
                    os.write(handle, bytes(10**4))
            except OSError:
                pass
            sizes.append(os.fstat(handle).st_size <= 65536)
        print(all(sizes))
    """) == "True"


def test_what_it_sends_is_bounded(start: Callable[..., Kernel]) -> None:
    kernel = start(outside=300 * 10**6)
    kernel.client.execute("while True: print('x' * 10**7, flush=True)")  # and nobody reads it
    assert wait_until(lambda: "what it sent" in kernel.provisioner.reason, 30)


def test_a_socket_replaced_by_a_link_is_not_followed(start: Callable[..., Kernel], tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "victim"))
        server.listen()
        server.settimeout(2)
        kernel = start()
        assert kernel.run(f"""
            import os
            for name in os.listdir("/run/sandbox-kernel"):
                os.remove("/run/sandbox-kernel/" + name)
                os.symlink({str(tmp_path / "victim")!r}, "/run/sandbox-kernel/" + name)
            print("swapped")
        """) == "swapped"
        again = kernel.manager.blocking_client()
        again.start_channels()
        with pytest.raises(TimeoutError):
            server.accept()
        again.stop_channels()


def test_a_course_below_the_environment_stays_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = Path(sys.prefix) if os.access(sys.prefix, os.W_OK) else None
    if prefix is None:
        pytest.skip("the environment cannot be written")
    with tempfile.TemporaryDirectory(dir=prefix) as name:
        course = Path(name, "course")
        for path in ("course_utils", "notebooks", "data/speech", "data/builder"):
            (course / path).mkdir(parents=True)
        Path(name).chmod(0o755)
        monkeypatch.setattr(bubblewrap, "REPOSITORY", course)
        code = f"import os; found = [sorted(names) for _, names, _ in os.walk({str(course)!r})]; assert found == " \
               "[['course_utils', 'data'], [], ['speech'], []], found"
        assert bubblewrap._try([sys.executable, "-c", code]) == ""


def test_a_folder_that_is_too_large_says_so(tmp_path: Path) -> None:
    (tmp_path / "long.wav").write_bytes(bytes(10**6))
    with pytest.raises(ValueError, match=f"{tmp_path}.* more than 0 MB"):
        Kernel(tmp_path, files=10**5)


# It ends


def test_nothing_is_left_after_the_end(start: Callable[..., Kernel]) -> None:
    kernel = start()
    folder = kernel.provisioner._folder
    kernel.run("import subprocess; subprocess.Popen(['setsid', 'nohup', 'sleep', '86399.25'])")
    assert running("86399.25")
    kernel.stop()
    assert not running("86399.25")
    assert not os.path.exists(folder)


def test_nothing_is_left_when_the_grader_is_killed(tmp_path: Path) -> None:
    program = f"""
        import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from test_sandbox import Kernel
        kernel = Kernel(Path({str(tmp_path)!r}))
        kernel.run("import subprocess; subprocess.Popen(['setsid', 'nohup', 'sleep', '86399.75'])")
        print("ready", flush=True); kernel.run("while True: pass", 600)
    """
    grader = subprocess.Popen([sys.executable, "-c", dedent(program)], stdout=subprocess.PIPE, text=True)
    assert grader.stdout.readline() == "ready\n"
    assert running("86399.75")
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    assert wait_until(lambda: not running("86399.75"))


def test_a_kernel_over_its_limit_is_dead_to_nbclient(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SPAWN + "each(8, lambda: b'x' * 5 * 10**8)")])
    client = NotebookClient(notebook, kernel_name="sandbox", resources={"metadata": {"path": str(tmp_path)}})
    with pytest.raises(DeadKernelError):
        client.execute()


# What it is made of


def test_limits_can_be_set_by_the_kernelspec(start: Callable[..., Kernel]) -> None:
    limit = start(open_files=300).run("import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))")
    assert limit == "(300, 300)"
    assert Limits().open_files == 1024


def test_every_known_processor_has_a_filter() -> None:
    for machine in seccomp.ARCHITECTURES:
        assert len(seccomp.program(machine)) % 8 == 0
        assert len(seccomp.program(machine)) > 800
    assert seccomp.program("riscv64") == b""


def test_without_bubblewrap_the_way_out_is_named(tmp_path: Path) -> None:
    program = "from autograder.sandbox import problem; print(problem())"
    done = subprocess.run([sys.executable, "-c", program], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert "apt-get install bubblewrap" in done.stdout


def test_without_the_kernelspec_the_way_out_is_named(tmp_path: Path) -> None:
    program = "import sys; sys.prefix = '/nowhere'; from autograder.sandbox import problem; print(problem())"
    done = subprocess.run([sys.executable, "-c", program], env={"HOME": str(tmp_path)}, capture_output=True, text=True)
    assert "jupyter kernelspec install" in done.stdout


def test_all_of_this_holds_for_an_ordinary_user() -> None:
    if not IS_ROOT:
        pytest.skip("these tests run as an ordinary user already")
    # Where Python lies below root's closed home, this opens it, in a mount namespace that ends with the test.
    home, base = Path.home(), Path(sys.base_prefix)
    opened = f"mount --bind {base} /mnt && mount -t tmpfs -o mode=755 none {home} && mkdir -p {base} && " \
             f"mount --move /mnt {base}" if home in base.parents else "true"
    slow = "undumpable or not (lesson or together or one_process or over_its_limit or restarted)"
    script = f'{opened} && HOME=/tmp exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"'
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", slow, __file__,
             f"--basetemp=/tmp/as-nobody-{os.getpid()}"]
    done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", *tests], capture_output=True, text=True,
                          cwd=REPOSITORY)
    if "setpriv" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"cannot become an ordinary user here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout[-4000:]
