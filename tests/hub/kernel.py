"""A kernel of somebody's server, over the hub's websockets, as JupyterLab uses it."""

import json
import uuid

import websocket


def execute(client, source: str, *, time_limit: float = 240) -> str:
    """Start a kernel, run source in it, end it, and return what it printed.

    Raises
    ------
    RuntimeError
        If the source raises something.
    """
    kernel = client.mine("api/kernels", "POST", json={"name": "python3"})
    assert kernel.ok, kernel.text
    number = kernel.json()["id"]
    path = f"/user/{client.name}/api/kernels/{number}/channels"
    socket = websocket.create_connection(
        f"{client.address.replace('http', 'ws')}{path}?_xsrf={client.token(path)}", timeout=time_limit,
        cookie="; ".join(f"{one.name}={one.value}" for one in client.cookies(path)), origin=client.address)
    message = {"header": {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3", "session": "s",
                          "username": client.name, "date": ""},
               "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
               "content": {"code": source, "silent": False, "store_history": False, "user_expressions": {},
                           "allow_stdin": False, "stop_on_error": True}}
    socket.send(json.dumps(message))
    said = ""
    try:
        while True:
            answer = json.loads(socket.recv())
            if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if answer["msg_type"] == "stream":
                said += answer["content"]["text"]
            elif answer["msg_type"] == "error":
                raise RuntimeError(f"{answer['content']['ename']}: {answer['content']['evalue']}")
            elif answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return said
    finally:
        socket.close()
        client.mine(f"api/kernels/{number}", "DELETE")
