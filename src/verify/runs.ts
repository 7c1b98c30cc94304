import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { type ActionOptions, act, type Ended } from './action.ts';
import { type CatalogStream, withSelection } from './catalog.ts';
import type { Exchange } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { type Files, localFiles } from './files.ts';
import type { Framework } from './framework.ts';

/** What an action printed, where that is small, and how it ended. */
export interface Printed extends Ended {
  readonly lines: readonly string[];
  /** What it asked for over HTTP, beside streams that are read. */
  readonly asked: readonly Exchange[];
  /** What it asked for again and again, so that it was ended. */
  readonly endless: string | undefined;
}

/** Mage ends a connection test after so many milliseconds. */
export const TEST_LIMIT = 10_000;

/** Requests of an action that are kept. */
const MOST_ASKED = 100;

/** What a user ends it by: Ctrl-C, `kill`, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A connector's actions, by the command lines that Mage uses (mage-contract, section 3). */
export class Runs {
  readonly #framework: Framework;
  readonly #config: readonly string[];
  readonly #files: Files;

  /** `config` is the path of the configuration, undefined for an empty one. */
  constructor(framework: Framework, config: string | undefined) {
    this.#framework = framework;
    this.#files = framework.files ?? localFiles();
    process.once('exit', this.end);
    for (const signal of SIGNALS) process.once(signal, leave);
    if (config === undefined) this.#config = ['--config_json', '{}'];
    else if (framework.files) this.#config = ['--config', this.#file('config', readFileSync(config, 'utf8'))];
    else this.#config = ['--config', config];
  }

  /** Takes away what was written for the connector to read. */
  readonly end = (): void => {
    process.removeListener('exit', this.end);
    for (const signal of SIGNALS) process.removeListener(signal, leave);
    this.#files.end();
  };

  templates(): Promise<Printed> {
    return this.#print(['--config_json', '{}', '--show_templates']);
  }

  discover(): Promise<Printed> {
    return this.#print([...this.#config, '--discover']);
  }

  /** With the configuration, or with another one. */
  testConnection(config?: object): Promise<Printed> {
    const args = config === undefined ? this.#config : ['--config', this.#file('other-config', config)];
    return this.#print([...args, '--test_connection'], TEST_LIMIT);
  }

  sample(streams: readonly CatalogStream[]): Promise<Printed> {
    return this.#print([...this.#with(streams), '--load_sample_data']);
  }

  count(streams: readonly CatalogStream[], state: object): Promise<Printed> {
    return this.#print([...this.#with(streams), '--count_records', '--state', this.#file('state', state)]);
  }

  /** A run that goes on from a state; `line` gets what goes to the destination, and says whether that is enough. */
  sync(streams: readonly CatalogStream[], state: object, to: ActionOptions, isSelected = true): Promise<Ended> {
    const args = ['--log_to_stdout', '1', '--query_json', '{}', '--state', this.#file('state', state)];
    return act(this.#framework, [...this.#with(streams, isSelected), ...args], to);
  }

  #with(streams: readonly CatalogStream[], isSelected = true): string[] {
    const names = JSON.stringify(streams.map(stream => stream.tap_stream_id));
    const settings = this.#file('settings', { catalog: withSelection(streams, isSelected) });
    return [...this.#config, '--settings', settings, '--selected_streams_json', names];
  }

  async #print(args: readonly string[], timeLimit?: number): Promise<Printed> {
    const lines: string[] = [];
    const asked: Exchange[] = [];
    const exchanges = new Exchanges();
    const ended = await act(this.#framework, args, {
      line: text => lines.push(text) > 0,
      observed: text => {
        const exchange = JSON.parse(text) as Exchange;
        if (!('status' in exchange)) return true;
        if (asked.length < MOST_ASKED) asked.push(exchange);
        exchanges.add(exchange);
        return exchanges.endless === undefined;
      },
      ...(timeLimit !== undefined && { timeLimit }),
    });
    return { ...ended, lines, asked, endless: exchanges.endless };
  }

  #file(name: string, content: string | object): string {
    return this.#files.keep(`${name}.json`, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** Ends this process by its exit code, so that what listens to its end is called. */
function leave(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}
