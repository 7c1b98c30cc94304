from mage_integrations.sources.acme_crm.streams.base import BaseStream


class Deals(BaseStream):
    TABLE = 'deals'
    PATH = 'deals'
    PARAMS = {'expand': 'owner', 'limit': 100}
    RECORDS_PATH = ('data',)
    KEY_PROPERTIES = ['id']
    REPLICATION_METHOD = 'INCREMENTAL'
    REPLICATION_KEY = 'updated_at'
    BOOKMARK_PARAM = 'updated_since'
