from mage_integrations.sources.acme_crm.streams.contacts import Contacts
from mage_integrations.sources.acme_crm.streams.deals import Deals

STREAMS = {
    Contacts.TABLE: Contacts,
    Deals.TABLE: Deals,
}
