"""Pieces of SQL text."""
from mage_integrations.sources.constants import (
    COLUMN_FORMAT_DATETIME,
    COLUMN_TYPE_BOOLEAN,
    COLUMN_TYPE_INTEGER,
    COLUMN_TYPE_NULL,
    COLUMN_TYPE_NUMBER,
    COLUMN_TYPE_OBJECT,
)
from mage_integrations.sources.sql.constants import PredicateOperator

SQL_TYPES = {
    COLUMN_TYPE_BOOLEAN: 'BOOL',
    COLUMN_TYPE_INTEGER: 'BIGINT',
    COLUMN_TYPE_NUMBER: 'DECIMAL',
    COLUMN_TYPE_OBJECT: 'TEXT',
}

SQL_OPERATORS = {
    PredicateOperator.EQUALS: '=',
    PredicateOperator.GREATER_THAN: '>',
    PredicateOperator.GREATER_THAN_OR_EQUALS: '>=',
    PredicateOperator.LESS_THAN: '<',
    PredicateOperator.LESS_THAN_OR_EQUALS: '<=',
    PredicateOperator.NOT_EQUALS: '!=',
}


def column_type_mapping(column_type, column_format=None):
    return SQL_TYPES.get(column_type, 'VARCHAR')


def wrap_column_in_quotes(column):
    return column if "'" in column or '"' in column else f'"{column}"'


def predicate_operator_uuid_to_comparison_operator(operator):
    return SQL_OPERATORS[PredicateOperator(operator)]


def build_comparison_statement(
    col,
    val,
    properties,
    column_type_mapping,
    operator='=',
    column_cleaned=None,
    convert_datetime_func=None,
):
    """A comparison with a quoted value, cast to the column's type; the value is not escaped."""
    schema = properties.get(col)
    if not schema:
        raise Exception(f'There are no properties in the schema for column {col}.')
    column_type = next((t for t in schema['type'] if t != COLUMN_TYPE_NULL), None)
    column_format = schema.get('format')
    sql_type = column_type_mapping(column_type, column_format)
    if column_format == COLUMN_FORMAT_DATETIME and convert_datetime_func:
        val = convert_datetime_func(val)
    value = f"CAST('{val}' AS {sql_type})" if sql_type else f"'{val}'"
    return f'{column_cleaned or col} {operator} {value}'
