"""What Mage's web server shows of a source: documentation and configuration templates."""
import importlib
import json
import logging
import os
import subprocess

from mage_ai.data_integrations.utils.settings import get_uuid

logger = logging.getLogger(__name__)


def build_integration_module_info(key, option):
    """The option with `uuid`, `docs` and `templates`, or None for a source that can't be loaded.

    Fast: the class is found by its name. Otherwise the source is run in a process of its own.
    """
    info = {**option, 'uuid': get_uuid(option)}
    class_name = option.get('module_name', option['name'].replace(' ', ''))
    try:
        module = _load(key, info)
        info['templates'] = getattr(module, class_name).templates()
    except FileNotFoundError:
        info['templates'] = {}
    except Exception:
        try:
            _run(_load(key, info).__file__, info)
        except Exception:
            logger.exception('Failed to load source %s', info['uuid'])
            return None
    return info


def _load(key, info):
    uuid = info['uuid']
    module = importlib.import_module(f'mage_integrations.{key}.{uuid}')
    info['docs'] = f'{uuid} documentation'
    with open(os.path.join(os.path.dirname(module.__file__), 'README.md'), encoding='utf8') as file:
        info['docs'] = file.read()
    return module


def _run(script, info):
    process = subprocess.run(
        ['python3', script, '--config_json', json.dumps({}), '--show_templates'],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    for line in process.stdout.decode().split('\n'):
        try:
            info['templates'] = json.loads(line)
        except ValueError:
            pass
