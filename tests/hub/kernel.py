"""A kernel of somebody's server, over the hub's websockets, as JupyterLab uses it."""

import json
import uuid
from typing import Self

import websocket


class Kernel:
    """A running kernel; `with` ends it."""

    def __init__(self, client, *, folder: str = "", time_limit: float = 240):
        self.client = client
        started = client.mine("api/kernels", "POST", json={"name": "python3", "path": f"{folder}/x.ipynb"})
        assert started.ok, started.text
        self.number = started.json()["id"]
        path = f"/user/{client.name}/api/kernels/{self.number}/channels"
        self.socket = websocket.create_connection(
            f"{client.address.replace('http', 'ws')}{path}?_xsrf={client.token(path)}", timeout=time_limit,
            cookie="; ".join(f"{one.name}={one.value}" for one in client.cookies(path)), origin=client.address,
            sslopt={"ca_certs": client.session.verify} if client.address.startswith("https:") else None)

    def run(self, source: str) -> str:
        """Run source, and return what it printed.

        Raises
        ------
        RuntimeError
            If the source raises something.
        """
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3", "session": "s",
                  "username": self.client.name, "date": ""}
        self.socket.send(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
            "content": {"code": source, "silent": False, "store_history": False, "user_expressions": {},
                        "allow_stdin": False, "stop_on_error": True}}))
        said = ""
        while True:
            kind, received = self.socket.recv_data()
            if kind == websocket.ABNF.OPCODE_BINARY:  # a widget's buffers
                continue
            answer = json.loads(received)
            if answer["parent_header"].get("msg_id") != header["msg_id"]:
                continue
            if answer["msg_type"] == "stream":
                said += answer["content"]["text"]
            elif answer["msg_type"] == "error":
                raise RuntimeError(f"{answer['content']['ename']}: {answer['content']['evalue']}")
            elif answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self.client.mine(f"api/kernels/{self.number}", "DELETE")


def execute(client, source: str) -> str:
    """Run source in a kernel of its own, and return what it printed.

    Raises
    ------
    RuntimeError
        If the source raises something.
    """
    with Kernel(client) as kernel:
        return kernel.run(source)
