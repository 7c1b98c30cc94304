import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { sortBy } from 'lodash-es';
import { skipFor } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { SERVERS } from './all.ts';
import { INSTALLED, type RealServer, type Row, type Running, start } from './real-server.ts';

const { SERVERS: folder = '' } = process.env;

/** Enough for several pages of each. */
export const THINGS = Array.from({ length: 250 }, (_, index) => index + 1);

const running: Running[] = [];

/** In a `describe`: skips its tests unless servers are installed, and stops those that they started. */
export function installed(): void {
  before(function () {
    if (!folder) skipFor(this, 'npm run test:servers installs these servers, and runs this one');
  });
  afterEach(async () => {
    for (const place of running.splice(0)) await place.stop();
  });
}

/** Starts a server for a test, or skips it where the server could not be installed. */
export async function startedFor(context: Mocha.Context, name: string): Promise<Running> {
  const place = join(folder, name);
  if (!existsSync(join(place, INSTALLED))) skipFor(context, `${name} could not be installed`);
  const started = await start(SERVERS[name] as RealServer, mkdtempSync(join(temporaryFolder(), `${name}-`)), place);
  running.push(started);
  return started;
}

export function sorted(rows: readonly Row[], key: string): Row[] {
  return sortBy(rows, row => String(row[key]));
}

/** Rows that aren't older than the newest one of before: another may have changed at the same moment. */
export function newest(rows: readonly Row[], before: readonly Row[], bookmark: string): Row[] {
  return rows.filter(row => before.every(each => (each[bookmark] as string) <= (row[bookmark] as string)));
}
