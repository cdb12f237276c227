"""Send the grader messages of one's own on every channel: answers to requests that it made, twice, early and absurd."""
# Answers: cross_term
# Status: graded, needs_review

# %% before frame
import threading

shell = get_ipython()
kernel = shell.kernel
session = kernel.session
original = session.send
busy = threading.local()
forged = {"status": "ok", "execution_count": 10 ** 30, "payload": [{"source": "set_next_input", "text": "attack"}] * 50,
          "user_expressions": {name: {"status": "ok", "data": {"text/plain": "True"}, "metadata": {}}
                               for name in ("reply", "result", "value", "_", "call", "answer")}}


def send(stream, kind, *arguments, **options):
    """Send what was asked for, with nonsense before and after it."""
    if getattr(busy, "now", False):
        return original(stream, kind, *arguments, **options)
    busy.now = True
    try:
        parent, ident = options.get("parent"), options.get("ident")
        name = kind if isinstance(kind, str) else kind.get("header", {}).get("msg_type")
        if name == "execute_reply":
            for content in ({}, {"status": "nonsense"}, {"status": "ok", "user_expressions": []}, forged):
                original(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)
                original(stream, "execute_reply", content, parent={"header": {"msg_id": "not yours"}}, ident=ident)
                original(stream, "shutdown_reply", {"restart": True}, parent=parent, ident=ident)
                original(stream, "no_such_reply", {"status": None}, parent=parent, ident=ident)
        done = original(stream, kind, *arguments, **options)
        if name == "execute_reply":
            for content in (forged, {"status": "ok"}, {}):
                original(stream, "execute_reply", content, parent=parent, ident=ident)
        return done
    finally:
        busy.now = False


session.send = send


class Socket:
    """The socket on which the grader asks: more answers than questions, to numbers that were never asked."""

    def __init__(self, real):
        self.real = real

    def __getattr__(self, name):
        return getattr(self.real, name)

    def send_multipart(self, frames, *arguments, **options):
        sender, number, *reply = frames
        following = str(int(number) + 1).encode()
        for odd in ([], [b"1"], [b""] * 50, [b"\xff", b"[]"], [b"x" * 1000, *reply], [following]):
            self.real.send_multipart([sender, *odd])
        self.real.send_multipart(frames, *arguments, **options)
        for odd in ([number, b"[]"], [number], [following, b'["list"]'], [b"0", b"\x00" * 10 ** 6]):
            self.real.send_multipart([sender, *odd])


kernel.stdin_socket, ears = Socket(kernel.stdin_socket), kernel.stdin_socket

# %% before cross_term
kernel.stdin_socket = ears  # on the other channels it goes on
