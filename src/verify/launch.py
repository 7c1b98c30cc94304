"""Runs a connector as Mage does, wherever its folder stands: `launch.py [--in-place] FOLDER ARGUMENT…`."""  # noqa: E501

import runpy
import sys
from os.path import dirname, join

from _observer.stream_seen import observe, tell_done

from mage_integrations import sources
from mage_integrations.sources.base import Source


def main() -> None:
    """Run a folder as a script, and see what it asks for; it becomes one of the framework's sources where it has no place."""  # noqa: E501
    in_place = sys.argv[1] == '--in-place'
    folder, *arguments = sys.argv[2 if in_place else 1 :]
    if not in_place:
        sources.__path__.insert(0, dirname(folder))
    script = join(folder, '__init__.py')
    sys.argv = [script, *arguments]
    sys.path.insert(0, folder)
    observe(Source)
    try:
        runpy.run_path(script, run_name='__main__')
    finally:
        tell_done()


if __name__ == '__main__':
    main()
