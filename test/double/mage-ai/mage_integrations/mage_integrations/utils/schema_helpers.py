"""What of a stream's schema is to be read."""


def extract_selected_columns(metadata_array):
    columns = []
    for entry in metadata_array:
        breadcrumb = entry.get('breadcrumb') or []
        if len(breadcrumb) == 2 and breadcrumb[0] == 'properties':
            if (entry.get('metadata') or {}).get('selected', False):
                columns.append(breadcrumb[1])
    return columns


def filter_columns(columns, properties, column_types):
    """Those columns that may hold one of these types."""
    return [
        column for column in columns
        if column in properties and any(t in column_types for t in properties[column]['type'])
    ]
