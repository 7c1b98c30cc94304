import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { act, type Ended } from './action.ts';
import { type CatalogStream, selected } from './catalog.ts';
import type { Framework } from './framework.ts';

/** What an action printed, where that is small, and how it ended. */
export interface Printed extends Ended {
  readonly lines: readonly string[];
}

/** Mage ends a connection test after so many milliseconds. */
export const TEST_LIMIT = 10_000;

/** A connector's actions, by the command lines that Mage uses (mage-contract, section 3). */
export class Runs {
  readonly #framework: Framework;
  readonly #config: readonly string[];
  readonly #scratch = mkdtempSync(join(tmpdir(), 'mage-connector-verify-'));

  /** `config` is the path of the configuration, undefined for an empty one. */
  constructor(framework: Framework, config: string | undefined) {
    this.#framework = framework;
    this.#config = config === undefined ? ['--config_json', '{}'] : ['--config', config];
    process.once('exit', this.end);
  }

  /** Takes away what was written for the connector to read. */
  readonly end = (): void => {
    process.removeListener('exit', this.end);
    rmSync(this.#scratch, { recursive: true, force: true });
  };

  templates(): Promise<Printed> {
    return this.#print(['--config_json', '{}', '--show_templates']);
  }

  discover(): Promise<Printed> {
    return this.#print([...this.#config, '--discover']);
  }

  testConnection(): Promise<Printed> {
    return this.#print([...this.#config, '--test_connection'], TEST_LIMIT);
  }

  sample(streams: readonly CatalogStream[]): Promise<Printed> {
    return this.#print([...this.#with(streams), '--load_sample_data']);
  }

  count(streams: readonly CatalogStream[], state: object): Promise<Printed> {
    return this.#print([...this.#with(streams), '--count_records', '--state', this.#file('state', state)]);
  }

  /** A run that goes on from a state; `line` gets what goes to the destination, and says whether that is enough. */
  sync(streams: readonly CatalogStream[], state: object, line: (text: string) => boolean): Promise<Ended> {
    const args = ['--log_to_stdout', '1', '--query_json', '{}', '--state', this.#file('state', state)];
    return act(this.#framework, [...this.#with(streams), ...args], { line });
  }

  #with(streams: readonly CatalogStream[]): string[] {
    const names = JSON.stringify(streams.map(stream => stream.tap_stream_id));
    const settings = this.#file('settings', { catalog: selected(streams) });
    return [...this.#config, '--settings', settings, '--selected_streams_json', names];
  }

  async #print(args: readonly string[], timeLimit?: number): Promise<Printed> {
    const lines: string[] = [];
    const line = (text: string) => lines.push(text) > 0;
    return { ...(await act(this.#framework, args, { line, ...(timeLimit !== undefined && { timeLimit }) })), lines };
  }

  #file(name: string, content: object): string {
    const path = join(this.#scratch, `${name}.json`);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }
}
