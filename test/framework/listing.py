"""Tells, as JSON, whether and how Mage would list a source: `listing.py UUID [PROJECT]`."""
import importlib
import json
import os
import subprocess
import sys


def core(uuid):
    """Asks Mage's own function, and records whether it had to start a process."""
    from mage_ai.data_integrations.sources.constants import SOURCES, SQL_SOURCES_MAPPING
    from mage_ai.data_integrations.utils.settings import get_uuid
    from mage_ai.server.api.integration_sources import build_integration_module_info

    option = next((option for option in SOURCES if get_uuid(option) == uuid), None)
    if option is None:
        return None
    started = []
    run = subprocess.run
    subprocess.run = lambda *args, **kwargs: started.append(args) or run(*args, **kwargs)
    info = build_integration_module_info('sources', option)
    return info and {**info, 'fast': not started, 'sql': uuid in SQL_SOURCES_MAPPING}


def project(uuid, root):
    """Mage Pro's code isn't public: this follows its documentation of metadata.yaml."""
    import yaml

    with open(os.path.join(root, 'data_integrations', 'sources', 'metadata.yaml')) as file:
        options = (yaml.safe_load(file) or {}).get('sources') or []
    for option in options:
        if uuid == (option.get('uuid') or option['name'].lower().replace(' ', '_')):
            break
    else:
        return None
    module = importlib.import_module(f'data_integrations.sources.{uuid}')
    source = getattr(module, option.get('module_name') or option['name'].replace(' ', ''))
    with open(os.path.join(os.path.dirname(module.__file__), 'README.md')) as file:
        docs = file.read()
    return {**option, 'uuid': uuid, 'docs': docs, 'templates': source.templates(), 'fast': True}


if __name__ == '__main__':
    print(json.dumps(project(*sys.argv[1:]) if sys.argv[2:] else core(sys.argv[1])))
