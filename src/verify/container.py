"""What verify does in a container.

`open`, `keep FOLDER NAME`, `run FOLDER SCRIPT ARGUMENT…`, `stop FOLDER` or `end FOLDER`.
"""

import json
import os
import runpy
import signal
import sys
from base64 import b64decode
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


def open_folder() -> None:
    """Write the files that standard input has into a new folder of this user's; tell its path."""
    if find_spec('mage_integrations') is None:
        print(json.dumps({'missing': 'mage_integrations'}))
        return
    folder = mkdtemp(prefix='mage-connector-verify-')
    for path, content in json.load(sys.stdin).items():
        file = Path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b64decode(content))
    print(json.dumps({'folder': folder}))


def keep(folder: str, name: str) -> None:
    """Write standard input into a file."""
    Path(folder, name).write_bytes(sys.stdin.buffer.read())


def run(folder: str, script: str, *arguments: str) -> None:
    """Run a script, and say by which process: to end docker's client doesn't end it."""
    process = Path(folder, 'process')
    process.write_text(str(os.getpid()))
    sys.path[0] = folder
    sys.argv = [script, *arguments]
    try:
        runpy.run_path(script, run_name='__main__')
    finally:
        process.unlink(missing_ok=True)


def stop(folder: str) -> None:
    """End the script that still runs."""
    process = Path(folder, 'process')
    try:
        os.kill(int(process.read_text()), signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError):
        return
    process.unlink(missing_ok=True)


def end(folder: str) -> None:
    """End the script that still runs, and take the folder away."""
    stop(folder)
    rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    {'open': open_folder, 'keep': keep, 'run': run, 'stop': stop, 'end': end}[sys.argv[1]](
        *sys.argv[2:]
    )
