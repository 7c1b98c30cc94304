import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Catalog, selectAll } from './catalog.ts';
import { workspaceCheckout } from './checkout.ts';
import { Connector, sampledRows } from './connector.ts';
import { type Outcome, readAnswer } from './output.ts';

/** A connector to run: its folder, wherever it stands, and its configuration. */
export interface Subject {
  readonly folder: string;
  readonly config: Record<string, unknown>;
}

/** Something done with a connector; its outcomes, by name, must be the same under both frameworks. */
export type Scenario = (connector: Connector) => Promise<Record<string, Outcome>>;

/**
 * Runs a scenario under our double and under Mage's real framework, and asserts that nothing differs that a user or a
 * destination sees: exit codes, every line on standard output but logs, samples, and the error.
 * Returns the double's outcomes, for further assertions. Both run at the same time: a scenario must not change what the other one reads.
 */
export async function assertSameUnderBoth(
  subject: Subject,
  scenario: Scenario = everyAction,
): Promise<Record<string, Outcome>> {
  const [double, real] = await Promise.all([
    underOne('double', subject, scenario),
    underOne('real', subject, scenario),
  ]);
  assert.deepEqual(double.visible, real.visible);
  return double.outcomes;
}

async function underOne(framework: 'double' | 'real', { folder, config }: Subject, scenario: Scenario) {
  const home = mkdtempSync(join(tmpdir(), `mage-${framework}-`));
  try {
    const checkout = workspaceCheckout(join(home, 'mage-ai'), { framework });
    const outcomes = await scenario(new Connector({ checkout, folder, config }));
    const visible = Object.entries(outcomes).map(([name, outcome]) => [name, visibleParts(outcome, checkout.root)]);
    return { outcomes, visible: Object.fromEntries(visible) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function visibleParts(outcome: Outcome, root: string): unknown {
  const sampled = outcome.stray.some(line => line.includes('"SAMPLE_DATA"'));
  const lines = outcome.stdout.split('\n').filter(line => !line.includes('"type": "LOG"'));
  return {
    exitCode: outcome.exitCode,
    // The samples' numbers may be written in different ways.
    output: sampled ? sampledRows(outcome) : lines,
    error: outcome.error?.replaceAll(root, basename(root)),
    failures: outcome.logs.filter(log => log.level === 'ERROR' || log.level === 'EXCEPTION').length,
  };
}

/**
 * All that Mage does with a connector: discovery, templates, connection test, sample, count, a full run, an incremental
 * run and another one from its state.
 */
export async function everyAction(connector: Connector): Promise<Record<string, Outcome>> {
  const discover = await connector.discover();
  const catalog = readAnswer(discover) as Catalog;
  const ids = catalog.streams.map(stream => stream.tap_stream_id);
  const incremental = selectIncremental(catalog);
  const first = await connector.run({ catalog: incremental });
  const state = first.messages.findLast(message => message.type === 'STATE')?.value ?? {};
  return {
    discover,
    'discover one': await connector.discover(ids.slice(0, 1)),
    'discover streams': await connector.discoverStreams(),
    'test connection': await connector.testConnection(),
    templates: await connector.templates(),
    sample: await connector.sample(ids),
    count: await connector.count(ids, incremental, state),
    full: await connector.run({ catalog: selectAll(catalog, { replicationMethod: 'FULL_TABLE' }) }),
    first,
    next: await connector.run({ catalog: incremental, state, streams: ids }),
  };
}

/** Every stream that has one by its bookmark column, the others in full. */
function selectIncremental(catalog: Catalog): Catalog {
  return {
    streams: catalog.streams.flatMap(stream => {
      const keys = stream.metadata.find(({ breadcrumb }) => !breadcrumb.length)?.metadata['valid-replication-keys'];
      const bookmarkProperties = stream.bookmark_properties ?? (keys as string[] | undefined)?.slice(0, 1);
      const choice = bookmarkProperties?.length
        ? { replicationMethod: 'INCREMENTAL' as const, bookmarkProperties }
        : {};
      return selectAll({ streams: [stream] }, choice).streams;
    }),
  };
}
