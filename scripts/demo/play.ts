import { relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Catalog, selectAll } from '../../test/framework/catalog.ts';
import { Connector } from '../../test/framework/connector.ts';
import type { Outcome } from '../../test/framework/output.ts';
import type { Scene } from './scenes.ts';
import { recordLines, say, sayCommand, style, tableLines } from './terminal.ts';
import { type Stage, write } from './write.ts';

/** One line of the table at the end. */
export interface Result {
  readonly connector: string;
  readonly kind: string;
  readonly streams: readonly { readonly name: string; readonly records: number }[];
  /** Records of the second run that the first had not delivered. */
  readonly fresh: number;
}

type Records = Readonly<Record<string, unknown>>[];

/** Records of each stream that are shown. */
const SHOWN = 3;

/** Writes a connector and runs it as Mage does: connection, discovery, everything, and then what is new. */
export async function play(scene: Scene, stage: Stage): Promise<Result> {
  const { name, folder } = await write(scene, stage);
  const connector = new Connector({ checkout: stage.checkout, folder, layout: 'standalone', config: scene.config });
  const script = `python ${relative(stage.folder, folder)}/__init__.py`;
  sayCommand(`${script} --test_connection`);
  done(await connector.testConnection());
  say('The connection works.');
  sayCommand(`${script} --discover`);
  const catalog = chosen(await connector.catalog(), scene);
  say(...catalogLines(catalog));
  sayCommand(script);
  const first = done(await connector.run({ catalog }));
  const streams = catalog.streams.map(({ tap_stream_id: stream }) => ({ stream, records: recordsOf(first, stream) }));
  for (const { stream, records } of streams)
    say(`${style('bold', stream)}: ${records.length} records`, ...recordLines(records.slice(0, SHOWN)));
  const fresh = await runAgain(scene, connector, script, catalog, first);
  return {
    connector: name,
    kind: scene.kind,
    streams: streams.map(({ stream, records }) => ({ name: stream, records: records.length })),
    fresh,
  };
}

/** The catalog with all selected, as in Mage's UI; a database's table gets its bookmark there. */
function chosen(catalog: Catalog, { kind, incremental: { stream, bookmark } }: Scene): Catalog {
  const choice = { replicationMethod: 'INCREMENTAL', bookmarkProperties: [bookmark] } as const;
  const streams = catalog.streams.map(({ tap_stream_id: id }) => id);
  return {
    streams: streams.flatMap(id => selectAll(catalog, kind === 'sql' && id === stream ? choice : {}, [id]).streams),
  };
}

function catalogLines({ streams }: Catalog): string[] {
  return tableLines(
    ['stream', 'columns', 'key', 'replication'],
    streams.map(
      ({
        tap_stream_id: id,
        schema,
        key_properties: keys,
        bookmark_properties: bookmarks,
        replication_method: method,
      }) => [
        id,
        Object.keys(schema.properties).length,
        keys.join(', '),
        method === 'INCREMENTAL' ? `${method} by ${bookmarks?.join(', ')}` : method,
      ],
    ),
  );
}

async function runAgain(
  scene: Scene,
  connector: Connector,
  script: string,
  catalog: Catalog,
  first: Outcome,
): Promise<number> {
  const { stream } = scene.incremental;
  await scene.news.happen();
  say('', scene.news.text);
  sayCommand(`${script} --state ${stream}.json`);
  const state = first.messages.findLast(({ type }) => type === 'STATE')?.value;
  const streams = { streams: catalog.streams.filter(({ tap_stream_id: id }) => id === stream) };
  const known = recordsOf(first, stream);
  const records = recordsOf(done(await connector.run({ catalog: streams, state })), stream);
  const fresh = records.filter(record => !known.some(old => isDeepStrictEqual(old, record)));
  const again = records.length - fresh.length;
  const repeated = again > 0 ? `, and ${again} known: runs start at the bookmark's very moment` : '';
  say(
    `${style('bold', stream)}: ${style('green', `${fresh.length} new`)}${repeated}`,
    ...recordLines(fresh.slice(0, SHOWN)),
  );
  return fresh.length;
}

function recordsOf({ messages }: Outcome, stream: string): Records {
  return messages.flatMap(message =>
    message.type === 'RECORD' && message.stream === stream && message.record ? [message.record] : [],
  );
}

function done(outcome: Outcome): Outcome {
  if (outcome.exitCode === 0) return outcome;
  throw new Error(outcome.timedOut ? 'it took too long' : (outcome.error ?? outcome.stderr));
}
