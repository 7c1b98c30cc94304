"""Runs a connector as Mage does, wherever its folder stands: `launch.py FOLDER ARGUMENT…`."""

import runpy
import sys
from os.path import dirname, join

from mage_integrations import sources


def main() -> None:
    """Have the folder be one of the framework's sources, and run it as a script."""
    folder = sys.argv[1]
    sources.__path__.insert(0, dirname(folder))
    script = join(folder, '__init__.py')
    sys.argv = [script, *sys.argv[2:]]
    sys.path[0] = folder
    runpy.run_path(script, run_name='__main__')


if __name__ == '__main__':
    main()
