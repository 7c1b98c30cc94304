import * as v from 'valibot';
import type { Ask } from '../../answers/ask.ts';
import { askConnector, askStreamName } from '../../answers/connector-questions.ts';
import { repeated } from '../../answers/fields.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { declaredStreamEntries } from '../../answers/stream.ts';
import { compact } from '../../base/mapping.ts';
import type { ChangeQuestion } from '../../connector/change-questions.ts';
import { type DialectName, dialectNames, dialectOf } from './dialects/registry.ts';
import { driver } from './driver-answers.ts';
import { queryFault } from './streams.ts';

/** Asks for the name and the database, and for saved queries; everything else is configuration, or is discovered. */
export async function askSql(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme Warehouse');
  const dialect = await ask.choice('dialect', {
    message: 'Which database does it read',
    help: 'its tables and views become the streams, and how to reach it becomes configuration',
    choices: dialectNames.map(value => ({ value, name: dialectOf(value).label })),
  });
  const chosen = dialectOf(dialect).withDriver ? { driver: given.driver ?? (await askDriver(ask)) } : {};
  const tunnel = dialectOf(dialect).tunnel ? await askTunnel(ask) : {};
  const streams: RawAnswers[] = [];
  while (await ask.confirm('more', moreQuestion(streams.length)))
    streams.push(await askSqlStream(ask, {}, folder, { dialect, streams }));
  return { ...connector, dialect, ...chosen, ...tunnel, ...(streams.length > 0 && { streams }) };
}

/** What of an SQL connector can be asked for again. */
export const sqlChanges: readonly ChangeQuestion[] = [
  {
    value: 'ssh_tunnel',
    name: 'Whether the database is reached through an SSH server',
    when: ({ dialect }) => dialectOf(dialect as DialectName).tunnel !== null,
    ask: async (ask, { ssh_tunnel }) => ({ ssh_tunnel: undefined, ...(await askTunnel(ask, ssh_tunnel === true)) }),
  },
];

async function askTunnel(ask: Ask, now = false): Promise<RawAnswers> {
  const through = await ask.confirm('ssh_tunnel', {
    message: 'Is it reached through an SSH server',
    help: 'such as a bastion host',
    default: now,
  });
  return through ? { ssh_tunnel: true } : {};
}

/** Asks for a driver of Python's, and how it connects; what else can be said of it is for answers files. */
async function askDriver(ask: Ask): Promise<RawAnswers> {
  const { module, package: packageName } = driver.entries;
  const name = await ask.text('module', {
    message: 'Which Python module is its driver',
    help: 'one of the DB-API, such as vertica_python',
    check: module,
  });
  const inPackage = await ask.text('package', {
    message: 'Which package is it in',
    help: 'as in a requirements file; empty where Mage has it',
    optional: true,
    check: packageName,
  });
  const given = await ask.list('connect', {
    message: 'What are the arguments of its connect',
    help: 'with commas; what stands in braces becomes configuration',
    default: CONNECT,
    check: connectArguments,
  });
  const connect = (given ?? CONNECT).map(argument => {
    const at = argument.indexOf('=');
    return [argument.slice(0, at), argument.slice(at + 1)] as const;
  });
  return compact({ module: name, package: inPackage, connect: Object.fromEntries(connect) });
}

const connectArguments = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*=/, 'must be like host={host}'))),
  v.check(
    given => repeated(argumentNames(given)) === undefined,
    ({ input }) => `names ${repeated(argumentNames(input as readonly string[]))} twice`,
  ),
);

function argumentNames(given: readonly string[]): string[] {
  return given.map(argument => argument.slice(0, argument.indexOf('=')));
}

const CONNECT = ['host={host}', 'port={port}', 'database={database}', 'user={username}', 'password={password}'];

function moreQuestion(number: number): { readonly message: string; readonly help?: string } {
  if (number > 0) return { message: 'Add another query' };
  return { message: 'Add a query whose result is a stream too', help: 'it can be added later as well' };
}

/** Asks for one saved query. */
export async function askSqlStream(
  ask: Ask,
  given: RawAnswers,
  folder: string,
  connector: RawAnswers,
): Promise<RawAnswers> {
  const { name } = await askStreamName(ask, given, 'top_customers', connector.streams);
  const query_file =
    given.query_file ??
    (await ask.text('query_file', {
      message: 'Which file has its query',
      help: 'one SELECT, such as top_customers.sql',
      check: v.pipe(
        v.string(),
        v.rawCheck(({ dataset, addIssue }) => {
          const fault = queryFault({ query_file: String(dataset.value) }, folder, connector);
          if (fault) addIssue({ message: `can't be used: ${fault}` });
        }),
      ),
    }));
  const key_properties =
    given.key_properties ??
    (await ask.list('keys', {
      message: 'Which columns identify a row of the result',
      help: 'with commas; rows replace those with the same key at the destination, without a key each run appends',
      check: declaredStreamEntries.key_properties,
    }));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask));
  return compact({ name, query_file, key_properties, replication_key });
}

function askReplicationKey(ask: Ask): Promise<string | undefined> {
  return ask.text('replication_key', {
    message: 'Which column tells what is new',
    help: 'its greatest value is where the next run goes on; empty to read everything each time',
    optional: true,
  });
}
