from mage_integrations.sources.stripe_account.streams.base import BaseStream


class Customers(BaseStream):
    TABLE = 'customers'
    PATH = 'customers'
    CHILD_FIELDS = ('id',)
    RECORDS_PATH = ('data',)
    KEY_PROPERTIES = ['id']
