import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compact } from '../../src/base/mapping.ts';
import { lastState, records } from '../api/support.ts';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { connectorFrom } from '../from/support.ts';
import { temporaryFolder } from '../support/generate.ts';
import { SERVERS } from './all.ts';
import { DOORS, type Door } from './doors.ts';
import type { Row } from './real-server.ts';
import { installed, newest, sorted, startedFor, THINGS } from './support.ts';

describe('connectors of servers that others have made, from what a user has', function () {
  this.timeout(600_000);
  needsPython();
  installed();

  for (const [name, server] of Object.entries(SERVERS))
    for (const [door, from] of Object.entries(DOORS) as [string, Door][])
      it(`read the same as the server has: ${name}, from ${door}`, async function () {
        const place = await startedFor(this, name);
        await server.put(THINGS, 0, place);
        const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
        const { what, flags } = await from(server.asked, place.url, text => {
          const file = join(temporaryFolder(), 'given');
          writeFileSync(file, text);
          return file;
        });
        const made = await connectorFrom(what, { cwd: checkout.root, flags });
        const [stream] = made.streams;
        assert.ok(stream, made.text);
        const connector = new Connector({ checkout, folder: made.folder, config: server.config ?? {} });
        const tried = await connector.testConnection();
        assert.equal(tried.exitCode, 0, `${JSON.stringify(tried)}\n${made.text}`);
        const catalog = selectAll(await connector.catalog());
        const run = async (state?: unknown) => {
          const outcome = await connector.run({ catalog, state });
          assert.equal(outcome.exitCode, 0, `${outcome.error}\n${made.text}`);
          return { rows: sorted(records(outcome, String(stream.name)), server.key), state: lastState(outcome) };
        };
        const its = async () => sorted(await server.rows(place), server.key);

        const first = await run();
        const all = await its();
        assert.deepEqual(first.rows, all, made.text);
        assert.deepEqual(stream.key_properties, [server.key], made.text);
        const { bookmark_param, bookmark_format, params = {} } = stream;
        const filters = Object.entries(params as Row).filter(([, value]) => String(value).includes('{since}'));
        assert.deepEqual(
          compact({
            bookmark_param,
            bookmark_format,
            params: filters.length > 0 ? Object.fromEntries(filters) : undefined,
          }),
          flags.offline ? {} : server.filter,
          made.text,
        );

        await server.put([3, 77, 251], 1000, place);
        const second = await run(first.state);
        const now = await its();
        const { replication_key } = stream;
        assert.deepEqual(
          second.rows,
          replication_key === undefined ? now : newest(now, all, String(replication_key)),
          made.text,
        );
      });
});
