import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const USER = { account_sid: 'AC00000000000000000000000000000001', auth_token: 'twilio-secret' };
const ROOT = `/2010-04-01/Accounts/${USER.account_sid}`;
const DAY = 24 * 3600_000;
const BEGIN = Date.UTC(2024, 0, 1, 12);
const SIZE = 1000;

const MEDIA = [`SM${SIZE}/ME1`, `SM${SIZE}/ME2`];

const wrong = (message: string, status = 400): Reply => ({
  status,
  body: { code: 20001, message, more_info: 'https://www.twilio.com/docs/errors/20001', status },
});
/** As RFC 2822 has it: Mon, 01 Jan 2024 12:00:00 +0000. */
const at = (minute: number) => new Date(BEGIN + 60_000 * minute).toUTCString().replace('GMT', '+0000');

/** Twilio: the next page by a path with a token, a filter by days whose name ends with >, newest first. */
export function twilio(): Rebuilt {
  const message = (id: number, minute: number | undefined = id) => ({
    sid: `SM${id}`,
    minute,
    num_media: id === 3 ? '2' : '0',
  });
  const messages = Array.from({ length: SIZE + 1 }, (_, index) => message(index + 1));

  const paged = (seen: Seen, name: string, all: readonly object[]): Reply => {
    const { PageSize = '50', Page = '0', PageToken } = Object.fromEntries(seen.params);
    if (Page !== '0' && PageToken !== `PA${Page}`) throw new Refusal(wrong('Page comes without its PageToken'));
    const { page, next } = cut(all, Number(Page) * Number(PageSize), Number(PageSize));
    const params = new URLSearchParams(seen.params);
    params.set('Page', String(Number(Page) + 1));
    params.set('PageToken', `PA${Number(Page) + 1}`);
    return {
      body: {
        first_page_uri: `${seen.path}?Page=0`,
        next_page_uri: next ? `${seen.path}?${params}` : null,
        previous_page_uri: null,
        uri: seen.path,
        page: Number(Page),
        [name]: page,
      },
    };
  };
  const PAGES = { PageSize: /^([1-9]\d{0,2}|1000)$/, Page: /^\d+$/, PageToken: /^PA\d+$/ };

  const listed = (seen: Seen): Reply => {
    checkParams(seen, { ...PAGES, 'DateSent>': /^\d{4}-\d\d-\d\d$/ }, [], wrong);
    const since = Date.parse(seen.params.get('DateSent>') ?? '1970-01-01');
    const found = messages
      .filter(({ minute = -1 }) => BEGIN + 60_000 * minute >= since)
      .sort(({ minute: one = 0 }, { minute: other = 0 }) => other - one)
      .map(({ sid, minute, num_media }) => ({
        ...{ sid, num_media, from: '+15550000001', to: '+15550000002', body: 'Hi', status: 'delivered' },
        ...{ date_created: at(minute), date_sent: at(minute), date_updated: at(minute), error_code: null },
        subresource_uris: { media: `${ROOT}/Messages/${sid}/Media.json` },
      }));
    return paged(seen, 'messages', found);
  };

  return {
    config: { ...USER, start_date: new Date(BEGIN + 60_000 * SIZE).toISOString() },
    secret: 'auth_token',
    refused: /401.*Authenticate/,
    answer: seen => {
      expectSame(basicOf(seen), `${USER.account_sid}:${USER.auth_token}`, wrong('Authenticate', 401));
      if (seen.path === `${ROOT}/Messages.json`) return listed(seen);
      const [, sid] = /^\/2010-04-01\/Accounts\/\w+\/Messages\/(\w+)\/Media\.json$/.exec(seen.path) ?? [];
      if (!sid || !messages.some(each => each.sid === sid)) throw new Refusal(wrong(`no ${seen.path}`, 404));
      checkParams(seen, PAGES, [], wrong);
      const media = sid === 'SM3' || sid === `SM${SIZE}` ? [{ sid: 'ME1' }, { sid: 'ME2' }] : [];
      const rows = media.map(each => ({ ...each, parent_sid: sid, content_type: 'image/png', date_created: at(0) }));
      return paged(seen, 'media_list', rows);
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0' }, body: { code: 20429, message: 'Too Many Requests' } },
      { status: 503 },
    ],
    fault: { reply: wrong('DateSent is wrong'), message: /messages.*400.*DateSent is wrong/s },
    change: () => void messages.splice(2, 1, message(3, SIZE + DAY / 60_000)),
    first: { messages: [`SM${SIZE + 1}`, `SM${SIZE}`], media: MEDIA },
    // The last message has no media, so that those before it are the newest that are known.
    second: { messages: ['SM3', `SM${SIZE + 1}`], media: ['SM3/ME1', 'SM3/ME2', ...MEDIA] },
  };
}
