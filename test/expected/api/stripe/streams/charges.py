from mage_integrations.sources.stripe_account.streams.base import BaseStream


class Charges(BaseStream):
    TABLE = 'charges'
    PATH = 'charges'
    RECORDS_PATH = ('data',)
    KEY_PROPERTIES = ['id']
    REPLICATION_METHOD = 'INCREMENTAL'
    REPLICATION_KEY = 'created'
    BOOKMARK_PARAM = 'created[gte]'
