from mage_integrations.sources.github_issues.streams.base import BaseStream
from mage_integrations.sources.github_issues.streams.issues import Issues


class Comments(BaseStream):
    TABLE = 'comments'
    PATH = 'issues/{issue_number}/comments'
    PARENTS = ((Issues, {'issue_number': 'number'}),)
    # The answers that mean no records.
    EMPTY_STATUSES = (404, 410)
    KEY_PROPERTIES = ['id']
    REPLICATION_METHOD = 'INCREMENTAL'
    REPLICATION_KEY = 'updated_at'
    BOOKMARK_PARAM = 'since'
