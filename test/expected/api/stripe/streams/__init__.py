from mage_integrations.sources.stripe_account.streams.charges import Charges
from mage_integrations.sources.stripe_account.streams.customers import Customers
from mage_integrations.sources.stripe_account.streams.payment_methods import PaymentMethods

STREAMS = {
    Charges.TABLE: Charges,
    Customers.TABLE: Customers,
    PaymentMethods.TABLE: PaymentMethods,
}
