"""Outputs of a student's cells, reduced to what a notebook may hold."""

from typing import Any

from course_utils.mime import MIME

DEEPEST = 8
OUTPUTS = ("stream", "error", "display_data", "update_display_data", "execute_result")
"""The messages that are outputs."""


def sound_output(kind: str, content: dict) -> dict | None:
    """Return the content of an output message as a notebook may keep it, or None if there is nothing to keep.

    Reports of checks are left out: they come from test cells, and no test cell runs in a kernel.
    """
    if kind == "stream":
        name, text = content.get("name"), content.get("text")
        return {"name": name, "text": text} if name in ("stdout", "stderr") and type(text) is str else None
    if kind == "error":
        lines = content.get("traceback")
        if type(lines) is not list:
            return None
        return {"ename": str(content.get("ename"))[:1000], "evalue": str(content.get("evalue"))[:10_000],
                "traceback": [line for line in lines if type(line) is str]}
    if type(content.get("data")) is not dict:
        return None
    data = {mime: value for mime, value in content["data"].items()
            if mime != MIME and (type(value) is str or ("json" in mime and _is_shallow(value, DEEPEST)))}
    metadata, transient = content.get("metadata"), content.get("transient")
    name = transient.get("display_id") if type(transient) is dict else None
    sound: dict[str, Any] = {"data": data, "transient": {"display_id": name} if type(name) is str else {},
             "metadata": metadata if type(metadata) is dict and _is_shallow(metadata, DEEPEST) else {}}
    if kind == "execute_result":
        count = content.get("execution_count")
        sound["execution_count"] = count if type(count) is int and 0 <= count < 10 ** 9 else None
    return sound


def _is_shallow(value: Any, depth: int) -> bool:
    """Return whether JSON is nested no deeper than so many levels."""
    if type(value) not in (dict, list):
        return True
    inner = value.values() if type(value) is dict else value
    return depth > 0 and all(_is_shallow(item, depth - 1) for item in inner)
