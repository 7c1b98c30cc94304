import { gzipSync } from 'node:zlib';
import { groupBy } from 'lodash-es';
import { zip } from '../../framework/archives.ts';
import type { Reply } from '../strict-server.ts';
import { basicOf, checkParams, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const KEYS = { api_key: 'amplitude-key', secret_key: 'amplitude-secret' };
const HOUR = 3600_000;
const DAY = 24 * HOUR;
const PROJECT = '187520';

const wrong = (message: string, status = 400): Reply => ({ status, body: { error: message } });
/** A moment as a parameter has it, an hour; and as events have it. */
const hourOf = (moment: number) => new Date(moment).toISOString().slice(0, 13).replaceAll('-', '');
const written = (moment: number) => `${new Date(moment).toISOString().slice(0, 23).replace('T', ' ')}000`;
const read = (hour = '') => Date.parse(hour.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)$/, '$1-$2-$3T$4:00:00Z'));

/** Amplitude's export: hours in a zip archive of lines of JSON, each file packed by gzip, and 404 for none. */
export function amplitude(): Rebuilt {
  const now = Date.now();
  const begin = now - (now % DAY) - 5 * DAY;
  // Whole days have no events.
  const moments = [0.2, 0.2, 1.5, 25, 80.9].map(hours => begin + hours * HOUR);
  const events = moments.map((moment, index) => ({ id: index + 1, moment }));

  const answer: Rebuilt['answer'] = seen => {
    const known = `${KEYS.api_key}:${KEYS.secret_key}`;
    if (basicOf(seen) !== known) throw new Refusal({ status: 401, body: 'Invalid API key' });
    expectSame([seen.method, seen.path], ['GET', '/api/2/export'], wrong(`no ${seen.path}`, 404));
    const hour = /^\d{8}T(?:[01]\d|2[0-3])$/;
    checkParams(seen, { start: hour, end: hour }, ['start', 'end'], wrong);
    const [start, end] = [read(seen.params.get('start') ?? ''), read(seen.params.get('end') ?? '')];
    if (end < start || end - start > 365 * DAY) throw new Refusal(wrong('Invalid time range'));
    const hours = Object.entries(groupBy(events, ({ moment }) => hourOf(moment)));
    const found = hours.filter(([each]) => read(each) >= start && read(each) <= end);
    if (found.length === 0) return wrong('Raw data files were not found.', 404);
    const files = found.map(([each, list], part) => {
      const lines = list.map(({ id, moment }) =>
        JSON.stringify({
          ...{ uuid: `e-${id}`, event_id: id, event_type: 'öffnen', user_id: null, amplitude_id: 10 ** 11 + id },
          ...{ event_time: written(moment - 1000), server_upload_time: written(moment), event_properties: { id } },
        }),
      );
      const name = each.replace(/^(\d{4})(\d\d)(\d\d)T0?(\d+)$/, '$1-$2-$3_$4');
      return [`${PROJECT}/${PROJECT}_${name}#${part}.json.gz`, gzipSync(`${lines.join('\n')}\n`)] as const;
    });
    return { body: zip(Object.fromEntries(files)), headers: { 'Content-Type': 'application/zip' } };
  };

  return {
    config: { ...KEYS, region: 'us', start_date: new Date(begin).toISOString() },
    secret: 'secret_key',
    refused: /401.*Invalid API key/,
    answer,
    busy: [{ status: 429, headers: { 'Retry-After': '0' } }, { status: 504 }],
    fault: { reply: wrong('The export is larger than 4GB.'), message: /events: .*400.*larger than 4GB/ },
    change: () => {
      events.push({ id: 6, moment: now - 3 * HOUR });
    },
    first: { events: ['e-1', 'e-2', 'e-3', 'e-4', 'e-5'] },
    second: { events: ['e-5', 'e-6'] },
  };
}
