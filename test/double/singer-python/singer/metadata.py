"""A stream's metadata, as a dictionary by breadcrumb or as the list that a catalog holds."""


def to_map(raw_metadata):
    return {tuple(entry['breadcrumb']): entry['metadata'] for entry in raw_metadata}


def to_list(compiled_metadata):
    return [
        {'breadcrumb': breadcrumb, 'metadata': values}
        for breadcrumb, values in compiled_metadata.items()
    ]


def write(compiled_metadata, breadcrumb, k, val):
    if val is None:
        raise Exception()
    compiled_metadata.setdefault(breadcrumb, {})[k] = val
    return compiled_metadata


def get(compiled_metadata, breadcrumb, k):
    return compiled_metadata.get(breadcrumb, {}).get(k)
