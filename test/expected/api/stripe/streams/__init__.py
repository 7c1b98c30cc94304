from mage_integrations.sources.stripe_account.streams.charges import Charges
from mage_integrations.sources.stripe_account.streams.customers import Customers

STREAMS = {
    Charges.TABLE: Charges,
    Customers.TABLE: Customers,
}
