"""Prints as JSON what dlt-init-openapi finds in each description, with the processor time and the memory of the whole process."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path


def found(path):
    from dlt_init_openapi.config import Config
    from dlt_init_openapi.detector.default import DefaultDetector
    from dlt_init_openapi.parser.openapi_parser import OpenapiParser
    from loguru import logger

    logger.remove()
    config = Config()
    parser = OpenapiParser(config)
    parser.parse(Path(path).read_bytes())
    DefaultDetector(config).run(parser)
    return [endpoint_found(endpoint) for endpoint in parser.endpoints.endpoints if endpoint.is_list]


def endpoint_found(endpoint):
    pagination = endpoint.detected_pagination
    config = (pagination.paginator_config if pagination else None) or {}
    # It makes no setting of a filter: its parameters stay as OPTIONAL_CONFIG.
    return {
        'path': endpoint.path,
        'records': re.sub(r'^\$\.?|^\(root\)$', '', endpoint.data_json_path) if endpoint.payload else None,
        'paging': config.get('type'),
        'key': endpoint.primary_key,
        'parent': endpoint.transformer is not None,
    }


def measured(path):
    """In a process of its own, since memory is that of a process."""
    run = subprocess.run([sys.executable, __file__, '--one', path], capture_output=True, text=True, timeout=600)
    lines = run.stdout.splitlines()
    return json.loads(lines[-1]) if run.returncode == 0 else {'failed': run.stderr.strip().splitlines()[-1][:200]}


if sys.argv[1] == '--one':
    endpoints = found(sys.argv[2])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = usage.ru_utime + usage.ru_stime
    sys.stdout.write(json.dumps({'endpoints': endpoints, 'seconds': seconds, 'megabytes': usage.ru_maxrss / 1000}))
else:
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps({'file': name, **measured(name)}) + '\n')
