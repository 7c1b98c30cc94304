"""
The double of a database driver. It parses every statement by the grammar of its database, answers what the test has
answers for, and takes everything else to a DuckDB file. What it was told is written to a log, line by line.
"""
import json
import os
import re
from datetime import date
from itertools import islice

import duckdb
from sqlglot import exp, parse, tokenize

with open(os.environ['DRIVER_DOUBLE']) as file:
    SETTINGS = json.load(file)


class Error(Exception):
    pass


def connect(*arguments, **named):
    log(event='connect', arguments=arguments, named=named)
    return Connection()


class Connection:
    # What a driver has cursors of, where it isn't what all have.
    cursors = None

    def __init__(self):
        self.database = duckdb.connect(SETTINGS['path'], read_only=True)
        self.database.execute("SET TimeZone = 'UTC'")

    def cursor(self):
        return (self.cursors or Cursor)(self.database.cursor())

    def close(self):
        log(event='close')
        self.database.close()


class Cursor:
    def __init__(self, database):
        self.database = database
        self.rows = iter(())
        self.description = None

    def execute(self, statement, values=()):
        log(event='execute', statement=statement, values=[str(value) for value in values or ()])
        answer = next((a for a in SETTINGS['answers'] if fits(a, statement, values)), {})
        if not answer.get('unparsed'):
            tree = single(complete(statement, list(values or ())))
        self.description = answer.get('columns')
        if 'error' in answer:
            raise Error(answer['error'])
        if 'rows' in answer:
            self.rows = iter(tuple(row) for row in answer['rows'])
            return self
        self.database.execute(tree.transform(for_duckdb).sql('duckdb'))
        self.rows = iter(self.database.fetchone, None)
        return self

    def __iter__(self):
        return self.rows

    def fetchmany(self, size):
        return list(islice(self.rows, size))

    def fetchall(self):
        return list(self.rows)

    def close(self):
        self.database.close()


def fits(answer, statement, values):
    return re.search(answer['to'], statement) and re.search(answer.get('of', ''), ' '.join(map(str, values)))


def log(**entry):
    with open(SETTINGS['log'], 'a') as file:
        print(json.dumps(entry, default=str), file=file)


def single(statement):
    """Throws unless this is one statement that the grammar knows."""
    trees = parse(statement, read=SETTINGS['dialect'])
    if len(trees) != 1 or isinstance(trees[0], exp.Command):
        raise Error(f'Not one known statement: {statement}')
    return trees[0]


def complete(statement, values):
    """The statement with its values as literals, as drivers that complete it themselves do it, or servers that bind them."""
    literals = [literal(value) for value in values]
    if SETTINGS['placeholder'] == '%s':
        return statement % tuple(literals) if literals else statement
    parts, end = [], 0
    tokens = tokenize(statement, read=SETTINGS['dialect'])
    for token, following in zip(tokens, [*tokens[1:], None]):
        if token.text == SETTINGS['placeholder'][0] and token.token_type.name in ('PLACEHOLDER', 'COLON'):
            last = token if len(SETTINGS['placeholder']) == 1 else following
            parts += [statement[end : token.start], literals.pop(0)]
            end = last.end + 1
    if literals:
        raise Error(f'{len(literals)} values too many for {statement}')
    return ''.join([*parts, statement[end:]])


def literal(value):
    if isinstance(value, bytes):
        node = exp.HexString(this=value.hex())
    elif isinstance(value, date):
        node = exp.cast(exp.Literal.string(str(value)), 'timestamp')
    else:
        node = exp.convert(value)
    return node.sql(SETTINGS['dialect'])


def for_duckdb(node):
    """DuckDB makes no bytes of numbers and dates, knows texts of one length only, and no list of anything."""
    if isinstance(node, exp.Cast) and node.to.is_type('array'):
        return node.this
    if isinstance(node, exp.Cast) and node.to.is_type('varbinary', *exp.DataType.TEXT_TYPES):
        return exp.cast(node.this, 'text')
    if isinstance(node, exp.HexString):
        return exp.func('unhex', exp.Literal.string(node.this))
    return node
