from mage_integrations.sources.github_graphql.streams.base import BaseStream, read_template


class Repositories(BaseStream):
    TABLE = 'repositories'
    PATH = 'graphql'
    METHOD = 'post'
    BODY = {'query': read_template('repositories'), 'variables': {'login': '{organization}'}}
    BODY_PARAMS = ('variables.after',)
    RECORDS_PATH = ('data', 'organization', 'repositories', 'nodes')
    KEY_PROPERTIES = ['id']
