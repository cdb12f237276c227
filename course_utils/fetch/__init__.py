"""Public corpora, fetched and brought into the course's layout: `python -m course_utils.corpus fetch NAME --to DIR`.

`declare` says what a corpus is, `speech`, `voicebank`, `noise`, `rooms` and `piano` declare one or a few each;
`download` gets the archives, `archive` unpacks them, `convert` makes 16 kHz mono FLAC of them, `work` does one after
the other so that it can be interrupted at any time, and `cli` is the command.
"""
