from mage_integrations.sources.github_issues.streams.base import BaseStream


class Issues(BaseStream):
    TABLE = 'issues'
    PATH = 'issues'
    PARAMS = {'state': 'all', 'sort': 'updated', 'direction': 'asc', 'per_page': 100}
    CHILD_FIELDS = ('number',)
    KEY_PROPERTIES = ['id']
    REPLICATION_METHOD = 'INCREMENTAL'
    REPLICATION_KEY = 'updated_at'
    BOOKMARK_PARAM = 'since'
    # The API promises ascending bookmarks, so each page moves the state.
    SORTED = True
