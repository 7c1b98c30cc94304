from mage_integrations.sources.acme_crm.streams.base import BaseStream


class Contacts(BaseStream):
    TABLE = 'contacts'
    PATH = 'contacts'
    RECORDS_PATH = ('data',)
    KEY_PROPERTIES = ['id']
