from mage_integrations.sources.open_rates.streams.rates import Rates

STREAMS = {
    Rates.TABLE: Rates,
}
