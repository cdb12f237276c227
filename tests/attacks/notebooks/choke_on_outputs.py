"""Show what is no output: bad bundles, half characters, data in data without end, kinds that do not exist."""
# Answers: cross_term
# Status: graded, needs_review

# %% before frame
from IPython.display import display

shell = get_ipython()
deep = {}
for _ in range(900):
    deep = {"a": deep}
bundles = [{"text/plain": {"not": "a text"}}, {"text/html": 5, "image/png": ["x"], "text/plain": None}, {"a": deep},
           {"application/json": float("nan")}, {"": ""}, {"text/plain": "\ud800\udfff"},
           {"image/png": "no base64 \x00"},
           {"application/vnd.jupyter.widget-view+json": {"model_id": 5}}, {"text/plain": ["a", 1, None]}, [], None]


def send(kind, content, **options):
    try:
        shell.kernel.session.send(shell.kernel.iopub_socket, kind, content, parent=shell.kernel.get_parent(), **options)
    except Exception:
        pass  # it does not even leave


def choke():
    print("half a character: \ud800", "\x00" * 100, "\x1b[999999999C")
    for bundle in bundles:
        try:
            display(bundle, raw=True, metadata={"isolated": bundle})
        except Exception:
            pass
        send("display_data", {"data": bundle, "metadata": bundle, "transient": bundle})
        send("execute_result", {"data": bundle, "metadata": {}, "execution_count": "many"})
        send("update_display_data", {"data": bundle, "metadata": {}, "transient": {"display_id": 5}})
        send("stream", {"name": bundle, "text": bundle})
        send("error", {"ename": bundle, "evalue": 5, "traceback": bundle})
    for kind in ("stream", "error", "display_data", "execute_result", "clear_output", "comm_open", "comm_msg", "status",
                 "no_such_kind", "", "execute_input"):
        send(kind, {})
    send("comm_open", {"comm_id": 7, "target_name": "jupyter.widget", "data": {"state": 5, "buffer_paths": [[5]]}})
    send("status", {"execution_state": "nonsense"})
    send("error", {"ename": "AssertionError", "evalue": "forged", "traceback": ["x"]})


choke()

# %% frame
def frame(x, *, frame_length, hop_length):
    choke()
    raise ValueError("choked?")

# %% spectrum
choke()

# %% last
choke()
