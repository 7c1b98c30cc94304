"""Sample rows in the shape of a data frame as JSON: `{column: {row number: value}}`."""
import json
import math
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

MILLISECOND = timedelta(milliseconds=1)


def frame_to_json(rows):
    """A column that some row lacks is null there; `[]` gives no column at all."""
    count = len(rows)
    columns = dict.fromkeys(column for row in rows for column in row)
    return json.dumps({
        column: {str(i): _value(rows[i].get(column)) for i in range(count)}
        for column in columns
    })


def _value(value):
    """Dates in milliseconds of the epoch, Decimals as text, floats to ten places."""
    if isinstance(value, dict):
        return {str(k): _value(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_value(v) for v in value]
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return (aware - datetime(1970, 1, 1, tzinfo=timezone.utc)) // MILLISECOND
    if isinstance(value, date):
        return _value(datetime(value.year, value.month, value.day))
    if isinstance(value, timedelta):
        return value // MILLISECOND
    if isinstance(value, float):
        return round(value, 10) if math.isfinite(value) else None
    if isinstance(value, Decimal) or hasattr(value, 'isoformat'):
        return str(value)
    return value
