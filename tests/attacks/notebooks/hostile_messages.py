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
