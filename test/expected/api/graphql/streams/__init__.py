from mage_integrations.sources.github_graphql.streams.repositories import Repositories

STREAMS = {
    Repositories.TABLE: Repositories,
}
