from mage_integrations.sources.stripe_account.streams.base import BaseStream
from mage_integrations.sources.stripe_account.streams.customers import Customers


class PaymentMethods(BaseStream):
    TABLE = 'payment_methods'
    PATH = 'customers/{customer}/payment_methods'
    PARENTS = ((Customers, {'customer': 'id'}),)
    RECORDS_PATH = ('data',)
    KEY_PROPERTIES = ['id']
