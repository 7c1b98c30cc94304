import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Choice, selectAll } from '../framework/catalog.ts';
import type { Checkout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import type { Message, Outcome } from '../framework/output.ts';
import { generate, temporaryFolder } from '../support/generate.ts';

const HOME = temporaryFolder();

/** Files to read, by their path in a fresh folder. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** Writes files into a fresh folder, and gives the folder. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(HOME, 'files-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Generates a connector inside a checkout, to be run with a configuration. */
export async function connectorIn(checkout: Checkout, answers: string | object): Promise<Connector> {
  const { folder } = await generate('file', answers, { cwd: checkout.root });
  return new Connector({ checkout, folder, config: {} });
}

/** A connector's answers with one stream `rows`, whose columns are of these types. */
export function answersOf(
  format: string,
  columns: Record<string, unknown>,
  more: object = {},
  stream: object = {},
): object {
  const rows = { name: 'rows', path: `*.${format}`, schema: { properties: columns }, ...stream };
  return { kind: 'file', name: `Some ${format}`, format, ...more, streams: [rows] };
}

/** Runs one stream with all columns, as discovered or as chosen. */
export async function read(
  connector: Connector,
  { state = {}, stream = 'rows', ...choice }: ReadOptions = {},
): Promise<Outcome> {
  return connector.run({ catalog: selectAll(await connector.catalog(), choice, [stream]), state });
}

export interface ReadOptions extends Choice {
  readonly state?: unknown;
  readonly stream?: string;
}

/** What a run delivered. Fails if the run did. */
export function records({ exitCode, error, messages }: Outcome): Record<string, unknown>[] {
  assert.equal(exitCode, 0, error);
  return messages.flatMap(({ type, record }: Message) => (type === 'RECORD' && record ? [record] : []));
}

/** The bookmarks that a run left. */
export function stateOf({ messages }: Outcome): unknown {
  return messages.findLast(({ type }) => type === 'STATE')?.value;
}
