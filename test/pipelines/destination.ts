import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from '../framework/checkout.ts';
import type { Database } from '../framework/databases.ts';
import { run } from '../framework/process.ts';
import { pythonFor, withPythonPath } from '../framework/python.ts';
import { temporaryFolder } from '../support/generate.ts';

/** A row as the destination's table has it: what the tests follow of it. */
export interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly amount: number | null;
  /** In UTC, to the second, without a zone. */
  readonly updated_at: string | null;
}

const READ = `
import json, sys
import psycopg2
connection = psycopg2.connect(**json.loads(sys.argv[1]))
cursor = connection.cursor()
moment = """to_char(updated_at::timestamp, 'YYYY-MM-DD"T"HH24:MI:SS')"""
cursor.execute(f'SELECT id, name, amount::float, {moment} FROM {sys.argv[2]} ORDER BY id, name')
print(json.dumps([dict(zip(('id', 'name', 'amount', 'updated_at'), row)) for row in cursor]))
`;

const READ_TEXTS = `
import json, sys
import psycopg2
connection = psycopg2.connect(**json.loads(sys.argv[1]), options='-c TimeZone=UTC')
cursor = connection.cursor()
cursor.execute(f'SELECT * FROM {sys.argv[2]}')
columns = [column.name for column in cursor.description if not column.name.startswith('_mage')]
cursor.execute(f"SELECT {', '.join(column + '::text' for column in columns)} FROM {sys.argv[2]}")
print(json.dumps(dict(zip(columns, cursor.fetchone()))))
`;

/** Mage's own PostgreSQL destination, run as Mage does: by its script, with a source's whole output as its input. */
export class Destination {
  readonly #checkout: Checkout;
  readonly #database: Database;

  constructor(checkout: Checkout, database: Database) {
    this.#checkout = checkout;
    this.#database = database;
  }

  /** Takes what a run of a source wrote. Fails with the destination's words where it doesn't. */
  async take(stdout: string, table: string): Promise<void> {
    const input = join(temporaryFolder(), 'output');
    writeFileSync(input, stdout);
    const { root, singer, packages } = this.#checkout;
    const script = join(root, 'mage_integrations/mage_integrations/destinations/postgresql/__init__.py');
    const config = JSON.stringify({ ...this.#database.config, schema: 'public', table });
    const args = [script, '--config_json', config, '--input_file_path', input, '--log_to_stdout', '1'];
    const { env, command } = await this.#python(packages);
    const finished = await run(command, args, { env: withPythonPath(env, [singer, join(root, 'mage_integrations')]) });
    assert.equal(finished.exitCode, 0, finished.stdout + finished.stderr);
  }

  async rows(table: string): Promise<Row[]> {
    return this.#read(READ, table);
  }

  /** Each column of the table's only row as PostgreSQL shows it in UTC, without those that Mage adds. */
  async texts(table: string): Promise<Record<string, string>> {
    return this.#read(READ_TEXTS, table);
  }

  async #read<Read>(script: string, table: string): Promise<Read> {
    const { username: user, database: dbname, ...server } = this.#database.config;
    const { env, command } = await this.#python('test');
    const finished = await run(command, ['-c', script, JSON.stringify({ ...server, user, dbname }), table], { env });
    assert.equal(finished.exitCode, 0, finished.stderr);
    return JSON.parse(finished.stdout);
  }

  async #python(packages: Parameters<typeof pythonFor>[0]) {
    const python = await pythonFor(packages);
    if ('missing' in python) throw new Error(python.missing);
    return python;
  }
}
