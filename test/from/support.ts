import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from '../../src/answers/ask.ts';
import { MANIFEST_FILE } from '../../src/changes/manifest-file.ts';
import type { PlannedRun } from '../../src/changes/run.ts';
import { readConnector } from '../../src/connector/existing.ts';
import { planMoreStreams } from '../../src/from/more-streams.ts';
import { fromGiven } from '../../src/from/options.ts';
import type { Source } from '../../src/from/reader.ts';
import { planFrom } from '../../src/from/run.ts';
import { items } from '../api/support.ts';
import { serve, type TestServer } from '../framework/http.ts';
import { apply, temporaryFolder } from '../support/generate.ts';

/** The texts of all files below a folder. */
export function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

/** An API that gives three records to those who have its token, and nothing on a second page. */
export function servePage(token: string): Promise<TestServer> {
  return serve(({ searchParams }, { headers }) =>
    headers.authorization === `Bearer ${token}`
      ? { body: { data: searchParams.get('page') === '2' ? [] : items(3) } }
      : { status: 401 },
  );
}

/** What `--from` names, as readers get it. */
export function sourceOf(text: string, more: Partial<Source> = {}): Source {
  return { name: 'given', text, file: undefined, address: undefined, headers: {}, responseHeaders: {}, ...more };
}

export interface FromRun {
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly cwd?: string;
  readonly ask?: Ask;
  readonly saveAnswers?: string;
}

/** Plans a run as the command does. */
export async function plannedFrom(
  from: string,
  { flags = {}, cwd = temporaryFolder(), ask, saveAnswers }: FromRun = {},
): Promise<PlannedRun> {
  const all = { from, ...flags };
  const given = { dryRun: false, force: false, bail: false, json: false, saveAnswers };
  const input = { given, flags: all, cwd, intent: 'any' } as const;
  return planFrom(input, { ...fromGiven(all, undefined), from }, ask);
}

/** A connector that is written, its answers, and what was reported. */
export async function connectorFrom(from: string, run: FromRun = {}) {
  const planned = await plannedFrom(from, run);
  await apply(planned.changes);
  const report = planned.report([]);
  const answers = readConnector(planned.folder)?.answers;
  if (!answers) throw new Error(`${join(planned.folder, MANIFEST_FILE)} is missing`);
  const streams = answers.streams as readonly Record<string, unknown>[];
  return { folder: planned.folder, answers, streams, text: report.text, json: report.json as Record<string, unknown> };
}

/** Plans more streams of the connector in a folder, as the command does: the first argument is the stream's name. */
export async function moreFrom(
  text: string,
  folder: string,
  flags: Readonly<Record<string, unknown>> = {},
  file = 'description.json',
  ask?: Ask,
): Promise<PlannedRun> {
  const from = join(temporaryFolder(), file);
  writeFileSync(from, text);
  const all = { from, ...flags };
  const given = { dryRun: false, force: false, bail: false, json: false };
  const input = { given, flags: all, cwd: folder, intent: 'any' } as const;
  const called = (flags as { readonly name?: string }).name;
  return planMoreStreams(input, { ...fromGiven(all, undefined), from, called }, ask);
}

/** A recording of requests by GET, as a browser saves it. */
export function recording(url: string, answer: unknown): string {
  const content = { mimeType: 'application/json', text: JSON.stringify(answer) };
  const entry = {
    request: { method: 'GET', url, headers: [], queryString: [] },
    response: { status: 200, headers: [{ name: 'Content-Type', value: 'application/json' }], content },
  };
  return JSON.stringify({ log: { version: '1.2', entries: [entry] } });
}

/** A list of records as an OpenAPI description has it. */
export interface ListedPath {
  readonly parameters?: readonly object[];
  /** Fields of a response beside the list. */
  readonly more?: object;
  /** The field of the list. */
  readonly records?: string;
  /** Columns of text beyond id and updated_at. */
  readonly columns?: readonly string[];
}

/** An OpenAPI description with lists by their paths. */
export function openapi(base: string, lists: Readonly<Record<string, ListedPath>>, more: object = {}): string {
  const paths = Object.entries(lists).map(([path, { parameters = [], more = {}, records = 'data', columns = [] }]) => {
    const text = columns.map(name => [name, { type: 'string' }]);
    const moment = { type: 'string', format: 'date-time' };
    const items = {
      type: 'object',
      properties: { id: { type: 'integer' }, updated_at: moment, ...Object.fromEntries(text) },
    };
    const schema = { type: 'object', properties: { [records]: { type: 'array', items }, ...more } };
    const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
    return [path, { get: { parameters, responses } }];
  });
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'Acme', version: '1' },
    servers: [{ url: base }],
    paths: Object.fromEntries(paths),
    ...more,
  });
}
