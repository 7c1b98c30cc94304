import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalog } from './catalog.ts';
import { type Checkout, isAsItCame, linkConnector } from './checkout.ts';
import { type Outcome, readAnswer, readOutcome } from './output.ts';
import { type PackageSet, pythonFor, withPythonPath } from './python.ts';
import { runPython } from './run-python.ts';

export interface ConnectorPlace {
  readonly checkout: Checkout;
  /** The connector's folder. Where it isn't in the checkout and not in a project, a link to it is put there. */
  readonly folder: string;
  /** A project's connector imports `data_integrations.sources.<uuid>`. */
  readonly layout?: 'core' | 'project' | 'standalone';
  readonly config?: Record<string, unknown>;
  /** The current folder: that of a Mage project, or by default the checkout. */
  readonly cwd?: string;
  /** What `requests` gets in place of the network: answers, each with a part of the URLs that it is for. */
  readonly answers?: readonly (readonly [url: string, answer: unknown])[];
  /** Folders of Python modules that come before all others. */
  readonly modules?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Python packages other than those that the framework needs. */
  readonly packages?: PackageSet;
}

/** What Mage gives a run. */
export interface RunArguments {
  readonly catalog?: Catalog;
  readonly state?: unknown;
  readonly query?: Record<string, unknown>;
  readonly streams?: readonly string[];
}

const OFFLINE = fileURLToPath(new URL('offline', import.meta.url));

/** Mage's own limit for the connection test, in milliseconds. */
const TEST_CONNECTION_LIMIT = 10_000;

/** A connector, run as a script by the very command lines that Mage uses. */
export class Connector {
  readonly #place: ConnectorPlace;
  readonly #script: string;

  constructor(place: ConnectorPlace) {
    const { checkout, folder, layout = 'core' } = place;
    this.#place = place;
    const home = layout === 'project' ? resolve(folder) : linkConnector(checkout, folder, basename(folder));
    this.#script = join(home, '__init__.py');
  }

  /** The same connector with another configuration. */
  with(config: Record<string, unknown>): Connector {
    return new Connector({ ...this.#place, config });
  }

  discover(streams?: readonly string[]): Promise<Outcome> {
    return this.execute(['--discover', ...selected(streams)]);
  }

  /** The discovered catalog. Throws with the output if discovery failed or printed anything else. */
  async catalog(streams?: readonly string[]): Promise<Catalog> {
    return readAnswer(await this.discover(streams)) as Catalog;
  }

  discoverStreams(): Promise<Outcome> {
    return this.execute(['--discover', '--discover_streams']);
  }

  testConnection(): Promise<Outcome> {
    return this.execute(['--test_connection'], {}, TEST_CONNECTION_LIMIT);
  }

  /** The first rows of each stream; without a catalog they are discovered. */
  sample(streams: readonly string[], catalog?: Catalog): Promise<Outcome> {
    return this.execute(['--load_sample_data', '--log_to_stdout', '1', ...selected(streams)], settings(catalog));
  }

  count(streams: readonly string[], catalog: Catalog, state?: unknown): Promise<Outcome> {
    return this.execute(['--count_records', ...selected(streams)], { ...settings(catalog), state });
  }

  run({ catalog, state = {}, query = {}, streams }: RunArguments = {}): Promise<Outcome> {
    const args = ['--log_to_stdout', '1', '--query_json', JSON.stringify(query), ...selected(streams)];
    return this.execute(args, { ...settings(catalog), state });
  }

  templates(): Promise<Outcome> {
    return this.with({}).execute(['--show_templates']);
  }

  /** Any command line; each of `files` that is given is written as JSON and passed as `--name path`. */
  async execute(args: readonly string[], files: Record<string, unknown> = {}, timeLimit?: number): Promise<Outcome> {
    const { checkout, folder, layout, config = {}, cwd = checkout.root, answers, modules = [] } = this.#place;
    const python = await pythonFor(this.#place.packages ?? checkout.packages);
    if ('missing' in python) throw new Error(python.missing);
    const framework = [checkout.singer, join(checkout.root, 'mage_integrations')];
    const project = layout === 'project' ? [dirname(dirname(dirname(resolve(folder))))] : [];
    const path = [...(answers ? [OFFLINE] : []), ...framework, ...project];
    const scratch = mkdtempSync(join(tmpdir(), 'mage-connector-'));
    try {
      const given = Object.entries(files).flatMap(([name, content]) => fileArgument(scratch, name, content));
      const command = [this.#script, '--config_json', JSON.stringify(config), ...args, ...given];
      const offline = answers && { OFFLINE_ANSWERS: JSON.stringify(answers) };
      const env = { ...withPythonPath(python.env, [...modules, ...path]), ...this.#place.env, ...offline };
      // Any part of a connector imports all of it, and tests change it.
      const own = `mage_integrations.sources.${basename(folder)}`;
      const isFixed = (module: string) => !`${module}.`.startsWith(`${own}.`) && isAsItCame(checkout, module);
      const finished = await runPython(python, command, { env, cwd, timeLimit, isFixed });
      return readOutcome(finished, config, isGenerated(folder));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

/** True where the generator wrote the connector, whose records hold against their schemas. */
function isGenerated(folder: string): boolean {
  return existsSync(join(folder, '.yo-rc.json'));
}

function selected(streams: readonly string[] | undefined): string[] {
  return streams ? ['--selected_streams_json', JSON.stringify(streams)] : [];
}

function settings(catalog: Catalog | undefined): Record<string, unknown> {
  return catalog ? { settings: { catalog } } : {};
}

function fileArgument(folder: string, name: string, content: unknown): string[] {
  if (content === undefined) return [];
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return [`--${name}`, path];
}

/** The sampled rows by stream, each stream's as a list of records. */
export function sampledRows(outcome: Outcome): Record<string, Record<string, unknown>[]> {
  const rows: Record<string, Record<string, unknown>[]> = {};
  for (const line of outcome.stray) {
    const { type, stream_id: stream, sample_data: data } = JSON.parse(line);
    if (type === 'SAMPLE_DATA') rows[stream] = transposed(JSON.parse(data));
  }
  return rows;
}

function transposed(columns: Record<string, Record<string, unknown>>): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const [column, values] of Object.entries(columns)) {
    for (const [index, value] of Object.entries(values))
      rows[Number(index)] = { ...rows[Number(index)], [column]: value };
  }
  return rows;
}
