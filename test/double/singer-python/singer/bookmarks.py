"""Reading and writing the `bookmarks` of a state."""


def write_bookmark(state, tap_stream_id, key, val):
    bookmarks = state.setdefault('bookmarks', {})
    bookmarks.setdefault(tap_stream_id, {})[key] = val
    return state


def get_bookmark(state, tap_stream_id, key, default=None):
    return state.get('bookmarks', {}).get(tap_stream_id, {}).get(key, default)
