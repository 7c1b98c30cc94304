"""Puts the sources beside this file into the Mage that Python has installed, and into its list.

The Dockerfile beside it runs this while an image is built; a second time it changes nothing.
"""

import json
import shutil
from importlib.util import find_spec
from os.path import dirname, join
from typing import Dict, List

HERE = dirname(__file__)


def main() -> None:
    with open(join(HERE, 'sources.json')) as file:
        sources = json.load(file)
    for source in sources:
        copy(source['uuid'])
    constants = join(folder_of('mage_ai'), 'data_integrations', 'sources', 'constants.py')
    with open(constants) as file:
        text = file.read()
    added = [line for source in sources for line in list_lines(source) if line not in text]
    if added:
        with open(constants, 'a') as file:
            file.writelines(
                f'{line}\n' for line in [*added, "SOURCES.sort(key=lambda x: x['name'])"]
            )


def copy(uuid: str) -> None:
    target = join(folder_of('mage_integrations'), 'sources', uuid)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(join(HERE, uuid), target)


def folder_of(package: str) -> str:
    spec = find_spec(package)
    if spec is None:
        raise SystemExit(f'this Python has no {package}: run it in the image of Mage')
    return spec.submodule_search_locations[0]


def list_lines(source: Dict) -> List[str]:
    """Return what adds a source to Mage's constants, where a database stands in three places."""
    keys = ', '.join(f'{key}={value!r}' for key, value in source.items() if key != 'sql')
    if not source['sql']:
        return [f'SOURCES.append(dict({keys}))']
    return [
        f'SQL_SOURCES.append(dict({keys}))',
        f'SQL_SOURCES_MAPPING[{source["uuid"]!r}] = dict({keys})',
        f'SOURCES.append(dict({keys}))',
    ]


if __name__ == '__main__':
    main()
