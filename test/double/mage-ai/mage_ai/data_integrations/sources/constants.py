"""The sources that Mage lists."""
from mage_ai.data_integrations.utils.settings import get_uuid
from mage_ai.shared.hash import index_by

SQL_SOURCES = [
    dict(name='BigQuery'),
    dict(
        name='Microsoft SQL Server',
        uuid='mssql',
    ),
    dict(name='MySQL'),
    dict(name='PostgreSQL'),
]

SQL_SOURCES_MAPPING = index_by(get_uuid, SQL_SOURCES)

SOURCES = sorted([
    dict(name='Airtable'),
    dict(name='Amazon S3'),
    dict(name='Api'),
    dict(name='HubSpot'),
    dict(name='Paystack'),
    dict(name='Zendesk'),
] + SQL_SOURCES, key=lambda x: x['name'])
