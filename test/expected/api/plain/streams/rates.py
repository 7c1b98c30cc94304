from mage_integrations.sources.open_rates.streams.base import BaseStream


class Rates(BaseStream):
    TABLE = 'rates'
    PATH = 'rates'
    KEY_PROPERTIES = ['currency']
