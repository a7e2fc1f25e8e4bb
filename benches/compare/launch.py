"""Runs one command and says what it cost: `launch.py OUTPUT COMMAND...`.

A process of its own, and a small one: on Linux the peak memory of a child is at least that of the process that started
it.
"""

import os
import sys
import time

out, *command = sys.argv[1:]
file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
actions = [(os.POSIX_SPAWN_DUP2, file, 1), (os.POSIX_SPAWN_DUP2, file, 2)]
start = time.perf_counter()
child = os.posix_spawnp(command[0], command, {**os.environ, "NO_COLOR": "1"}, file_actions=actions)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
# Linux counts kibibytes, macOS bytes.
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, peak)
