"""Send as much as goes into messages, on all channels at once, faster than anybody reads."""
# Answers: frame
# Limits: small
# Needs: sandbox

# %% spectrum
import threading

import zmq

kernel = get_ipython().kernel
block = b"x" * 90_000_000


def send(name, socket):
    ident = [b"somebody"] if name != "iopub" else []
    while True:
        try:
            kernel.session.send(socket, "stream", {"name": "stdout", "text": "x" * 80_000_000}, ident=ident)
            socket.send_multipart([*ident, b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}", block], zmq.DONTWAIT)
        except Exception:
            pass


def spectrum(frames):
    if inside:
        for name, socket in (("iopub", kernel.iopub_socket), ("stdin", kernel.stdin_socket)):
            threading.Thread(target=send, args=(name, socket), daemon=True).start()
        send("iopub", kernel.iopub_socket)
    return frames
