import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'github_pat_secret';
const PLACE = { owner: 'mage-ai', repository: 'mage' };

const wrong = (message: string, status = 422): Reply => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');
const issue = (number: number, minute = number) => ({
  ...{ id: 1000 + number, number, title: `Issue ${number}`, state: 'open', updated_at: at(minute) },
  ...(number === 4 && { pull_request: { url: 'https://x.test' } }),
});
const PAGED = { page: /^[1-9]\d*$/, per_page: /^([1-9]\d?|100)$/, since: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ };

/** GitHub: a version and a name of the program in headers, and Link headers that lead to addresses by the repository's number. */
export function github(): Rebuilt {
  const issues = Array.from({ length: 101 }, (_, index) => issue(index + 1));
  const comment = (id: number, minute: number) => ({ id, body: 'x', updated_at: at(minute) });
  const comments: Record<string, ReturnType<typeof comment>[]> = {
    3: Array.from({ length: 101 }, (_, index) => comment(5000 + index, 3 + index)),
    7: [comment(7001, 8)],
  };

  const listed = (seen: Seen, all: readonly { readonly updated_at: string }[], path: string): Reply => {
    const since = seen.params.get('since') ?? at(0);
    const found = all.filter(({ updated_at }) => updated_at >= since);
    const size = Number(seen.params.get('per_page') ?? 30);
    const number = Number(seen.params.get('page') ?? 1);
    const { page, next } = cut(found, (number - 1) * size, size);
    const link = (position: number, rel: string) => {
      const params = new URLSearchParams([...[...seen.params].filter(([name]) => name !== 'page')]);
      return `<${seen.origin}${path}?${params}&page=${position}>; rel="${rel}"`;
    };
    const last = Math.ceil(found.length / size);
    const links = [
      ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
      ...(next ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ];
    return { body: page, headers: links.length > 0 ? { Link: links.join(', ') } : {} };
  };

  const answer = (seen: Seen): Reply => {
    const [, place] =
      /^\/(?:repos\/mage-ai\/mage|repositories\/77)\/issues(\/.*)?$/.exec(seen.path) ??
      (() => {
        throw new Refusal(wrong('Not Found', 404));
      })();
    if (place === undefined) {
      const rules = {
        state: /^(open|closed|all)$/,
        sort: /^(created|updated|comments)$/,
        direction: /^(asc|desc)$/,
      };
      checkParams(seen, { ...PAGED, ...rules }, [], wrong);
      const sorted = issues.toSorted((one, other) => one.updated_at.localeCompare(other.updated_at));
      return listed(
        seen,
        seen.params.get('direction') === 'asc' ? sorted : sorted.toReversed(),
        '/repositories/77/issues',
      );
    }
    const [, number = ''] = /^\/(\d+)\/comments$/.exec(place) ?? [];
    checkParams(seen, PAGED, [], wrong);
    // One that was moved to another repository, and one that was deleted.
    if (number === '5') return wrong('Not Found', 404);
    if (number === '6') return wrong('This issue was deleted', 410);
    if (!issues.some(each => String(each.number) === number)) throw new Refusal(wrong('Not Found', 404));
    return listed(seen, comments[number] ?? [], `/repositories/77/issues/${number}/comments`);
  };

  return {
    config: { ...PLACE, access_token: TOKEN, start_date: at(2) },
    secret: 'access_token',
    refused: /401.*Bad credentials/,
    answer: seen => {
      if (!seen.headers['user-agent']) throw new Refusal(wrong('Request forbidden by administrative rules.', 403));
      expectSame(seen.headers.authorization, `Bearer ${TOKEN}`, wrong('Bad credentials', 401));
      expectSame(seen.headers['x-github-api-version'], '2022-11-28', wrong('not a supported version', 400));
      expectSame(seen.headers.accept, 'application/vnd.github+json', wrong('Unsupported accept header', 415));
      expectSame(seen.method, 'GET', wrong('Not Found', 404));
      return answer(seen);
    },
    busy: [
      {
        ...wrong('API rate limit exceeded for user ID 1.', 403),
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000)) },
      },
      { ...wrong('You have exceeded a secondary rate limit.', 403), headers: { 'Retry-After': '0' } },
      { status: 502, body: { message: 'Server Error' } },
    ],
    fault: { reply: wrong('Validation Failed'), message: /issues.*422.*Validation Failed/s },
    change: () => {
      issues.splice(6, 1, issue(7, 500));
      comments[7]?.push(comment(7002, 500));
    },
    first: { issues: keys(1002, 1101), comments: [...keys(5000, 5100), '7001'] },
    second: { issues: ['1101', '1007'], comments: ['5100', '7001', '7002'] },
  };
}

const keys = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
