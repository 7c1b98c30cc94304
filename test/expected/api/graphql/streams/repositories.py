from mage_integrations.sources.github_graphql.streams.base import BaseStream, read_query


class Repositories(BaseStream):
    TABLE = 'repositories'
    PATH = 'graphql'
    METHOD = 'post'
    BODY = {'variables': {'login': '{organization}'}}
    BODY_PARAMS = ('variables.after',)
    QUERY = read_query('repositories')
    RECORDS_PATH = ('data', 'organization', 'repositories', 'nodes')
    KEY_PROPERTIES = ['id']
