"""Values as JSON text, exactly as Mage writes them to its pipes and logs."""
import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID


def encode_complex(obj):
    """Dates and times in ISO 8601, durations and UUIDs as text; anything else as it is."""
    if isinstance(obj, (date, datetime, time)):
        return obj.isoformat()
    if isinstance(obj, (timedelta, UUID)):
        return str(obj)
    return obj


def to_json(value):
    """JSON text: a Decimal keeps all its digits, NaN and infinity become null.

    Raises ValueError for a value that JSON can't hold, with the wording users know from Mage.
    """
    if isinstance(value, dict):
        return '{' + ', '.join(f'{_key(k)}: {to_json(v)}' for k, v in value.items()) + '}'
    if isinstance(value, (list, tuple)):
        return '[' + ', '.join(map(to_json, value)) + ']'
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return json.dumps(value.decode())
    if isinstance(value, float) and not math.isfinite(value):
        return 'null'
    if value is None or isinstance(value, (str, int, float)):
        return json.dumps(value)
    encoded = encode_complex(value)
    if encoded is value:
        raise ValueError('Circular reference detected')
    return to_json(encoded)


def _key(key):
    return json.dumps(key) if isinstance(key, str) else f'"{to_json(key)}"'
