import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { askedOf, type Exchange } from './exchange.ts';
import type { Finding } from './finding.ts';
import { requestText } from './page-params.ts';
import { isSecretName } from './secrets.ts';

type Config = Readonly<Record<string, unknown>>;

/** A configuration with which nothing should connect, and the keys that are wrong in it. */
export interface WrongConfig {
  readonly config: Config;
  readonly keys: readonly string[];
}

/** What a connection test did, with the configuration and with a wrong one. */
export interface ConnectionTest {
  /** What it asked for over HTTP with the configuration. */
  readonly asked: readonly Exchange[];
  /** The keys that were wrong when it succeeded all the same without asking for anything. */
  readonly passedWith: readonly string[] | undefined;
}

/** Names that have to do with a secret without being one. */
const ABOUT_SECRETS = /(url|uri|type|method|header|name|scheme|expiry|expires|scope|prefix)$/i;
/** What is put in the place of a folder, so that nothing is made there by who opens a file to look for it. */
const NOWHERE = 'mage-connector-verify-nowhere';

/** A configuration whose secrets, paths and database are wrong; undefined where there are none. */
export function wrongConfig(config: Config, isSql: boolean, isHere: boolean): WrongConfig | undefined {
  const changed = Object.entries(config).flatMap(([key, value]): [string, string][] => {
    if (typeof value !== 'string' || value.length < 4) return [];
    if (isSecretName(key) && !ABOUT_SECRETS.test(key)) return [[key, value.replaceAll(/[\da-z]/gi, 'x')]];
    if (isHere && isAbsolute(value) && existsSync(value))
      return [[key, join(dirname(value), NOWHERE, basename(value))]];
    return isSql && key === 'database' ? [[key, NOWHERE.replaceAll('-', '_')]] : [];
  });
  if (changed.length === 0) return undefined;
  return { config: { ...config, ...Object.fromEntries(changed) }, keys: changed.map(([key]) => key) };
}

/** What is wrong with a test that succeeds with a wrong configuration, by what it asked for. */
export function wrongFindings({ config, keys }: WrongConfig, asked: readonly Exchange[], isSql: boolean): Finding[] {
  const refused = asked.find(({ status }) => status >= 400);
  if (refused)
    return [
      finding(
        `the connection test succeeds with a wrong ${keys.join(', ')}, though ${requestText({ asked: askedOf(refused) })} answered ${refused.status}`,
        'have test_connection raise at what isn’t 200: Mage says "connected" else',
      ),
    ];
  // What is a path or a database is there or not; whether a secret is looked at is a server's matter.
  const places = keys.filter(key => !isSecretName(key) && (isSql || String(config[key]).includes(NOWHERE)));
  if (places.length === 0 || asked.length > 0) return [];
  return [
    finding(
      `the connection test succeeds with a ${places.join(', ')} that isn’t there`,
      'have test_connection open it, and raise: Mage says "connected" else',
    ),
  ];
}

/** What is wrong with a test that asks for nothing, where runs do ask: it says nothing of a connection. */
export function quietFindings({ asked, passedWith }: ConnectionTest, requests: number): Finding[] {
  if (asked.length > 0 || requests === 0) return [];
  const mend = 'have test_connection ask for something small, and raise at what isn’t 200';
  if (passedWith === undefined) return [];
  if (passedWith.length === 0)
    return [{ ...finding('asks for nothing, so that it succeeds whatever is configured', mend), is: 'note' }];
  return [finding(`asks for nothing: it succeeds with a wrong ${passedWith.join(', ')}`, mend)];
}

function finding(what: string, mend: string): Finding {
  return { step: 'connection test', is: 'fault', what, mend };
}
