import { uniq } from 'lodash-es';
import * as v from 'valibot';
import { fields, line, list } from '../../../answers/fields.ts';
import { headerName } from '../../../answers/header-name.ts';
import { tuple, type Value } from '../../../python/compose/values.ts';
import { plainText } from '../../../python/request-texts.ts';
import { pathValue, valuePath } from '../../../records/response-path.ts';
import type { PythonFeature } from '../python-feature.ts';
import { lastPageFeatures } from './last-page.ts';
import { type PageSizeAnswer, pageSizeOf } from './page-size.ts';
import type { PaginationReport } from './report.ts';

const scalar = (description: string) =>
  v.optional(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
      v.description(description),
    ),
  );

const yesOrNo = (description: string) =>
  v.optional(v.pipe(v.boolean('must be true or false'), v.description(description)));

/** The answer for APIs whose responses tell the last page by a value, for a pagination's definition. */
export const lastPageWhen = {
  last_page_when: v.optional(
    v.pipe(
      fields({
        path: v.optional(valuePath('Where the response says it, such as end_of_stream')),
        header: v.optional(headerName('The header of the response that says it')),
        link: v.optional(line('The parameter of the Link header\'s rel="next" that says it, such as results')),
        short_page: v.optional(
          v.pipe(v.literal(true, 'must be true'), v.description('A page of fewer records than page_size is the last')),
        ),
        equals: scalar('What stands there in the last page'),
        not: scalar('What stands there in all others'),
        empty: yesOrNo('True: null or empty there means the last page; false: anything else does'),
        missing: yesOrNo('True: nothing there means the last page; false: anything does'),
      }),
      v.description(
        'What tells the last page: a path, header or link with equals, not, empty or missing; or short_page: true',
      ),
    ),
  ),
};

/** The answer for parameters that the first request alone has, for a pagination's definition. */
export const firstPageParams = {
  first_page_params: v.optional(
    list(
      line('A request parameter'),
      'The request parameters that the first page alone is asked for with, named as in params',
    ),
  ),
};

/** What the answers of any pagination may have of the last page and the first. */
export interface SignAnswer extends PageSizeAnswer {
  readonly type: string;
  readonly last_page_when?: v.InferOutput<typeof lastPageWhen.last_page_when>;
  readonly first_page_params?: readonly string[] | undefined;
  readonly omitted_at_end?: boolean | undefined;
}

/** Names of parameters as they may be sent: those of params have braces doubled, those of bookmarks as they are. */
export function sentAs(names: readonly string[]): string[] {
  return uniq(names.flatMap(name => [name, plainText(name)]));
}

const PLACES = ['path', 'header', 'link', 'short_page'] as const;
const TESTS = ['equals', 'not', 'empty', 'missing'] as const;
/** Answers that tell the last page as well. */
const OTHERS = ['has_more_path', 'total_pages_path', 'total_path'];

/** Reports what the answers about the last page can't say together. */
export function reportSign(answer: SignAnswer, report: PaginationReport): void {
  const { last_page_when: when, type } = answer;
  if (!when) return;
  const places = PLACES.filter(key => when[key] !== undefined);
  const tests = TESTS.filter(key => when[key] !== undefined);
  if (places.length !== 1) report('last_page_when', `needs one of ${PLACES.join(', ')}`);
  if (when.short_page) {
    if (tests.length > 0) report('last_page_when', `${tests[0]} has no use beside short_page`);
    if (Object.keys(pageSizeOf(answer)).length === 0)
      report('last_page_when', 'short_page needs to know how many records a whole page has', 'answer page_size');
  } else if (tests.length !== 1) report('last_page_when', `needs one of ${TESTS.join(', ')}`);
  if (when.link !== undefined && type !== 'link_header' && !('cursor_link' in answer))
    report('last_page_when', 'link needs the pagination link_header, or a cursor_link');
  for (const key of OTHERS)
    if (key in answer && (answer as unknown as Record<string, unknown>)[key] !== undefined)
      report(key, 'has no use beside last_page_when, which tells the last page alone');
  // Of other tests, nothing has to be there, or it is there in the last page.
  if (answer.omitted_at_end !== undefined && when.not === undefined && when.empty !== true)
    report('omitted_at_end', 'has no use beside last_page_when, unless with not or empty: true');
}

/** The path of the answers into a response; undefined where they have none. */
export function signPath({ last_page_when }: SignAnswer): string | undefined {
  return last_page_when?.path;
}

/** The features of streams that take the word of a response for it, and that leave out parameters; `known` are the others. */
export function signFeatures(answer: SignAnswer, known: readonly PythonFeature[]): PythonFeature[] {
  const { last_page_when: when, first_page_params: first = [] } = answer;
  return [
    ...(when === undefined ? [] : [...sizes(answer, known), ...features(answer, when)]),
    ...(when?.empty && answer.omitted_at_end ? [feature('EitherSign', {})] : []),
    ...(first.length > 0 ? [feature('FirstPageParams', { FIRST_PAGE_PARAMS: tuple(sentAs(first)) })] : []),
  ];
}

type When = NonNullable<SignAnswer['last_page_when']>;

function sizes(answer: SignAnswer, known: readonly PythonFeature[]): PythonFeature[] {
  const own = lastPageFeatures(answer.omitted_at_end, pageSizeOf(answer));
  return own.filter(({ class: name }) => !known.some(other => other.class === name));
}

function features(answer: SignAnswer, when: When): PythonFeature[] {
  const [param = ''] = Object.keys(pageSizeOf(answer));
  if (when.short_page) return [feature('ShortPage', { PAGE_SIZE_PARAM: param })];
  return [placeFeature(when), testFeature(when)];
}

function placeFeature({ path, header, link }: When): PythonFeature {
  if (path !== undefined) return feature('PathSign', { SIGN: path, SIGN_PATH: pathValue(path) });
  if (link !== undefined)
    return feature('LinkSign', { SIGN: `${link} in its Link header`, SIGN_PARAM: link.toLowerCase() });
  return feature('HeaderSign', { SIGN: header ?? '' });
}

function testFeature({ equals, not, empty, missing }: When): PythonFeature {
  if (equals !== undefined) return feature('EqualSign', { SIGN_VALUES: written(equals) });
  if (not !== undefined) return feature('OtherSign', { SIGN_VALUES: written(not) });
  if (empty !== undefined) return feature(empty ? 'EmptySign' : 'FilledSign', {});
  return feature(missing ? 'MissingSign' : 'PresentSign', {});
}

function feature(name: string, values: PythonFeature['values']): PythonFeature {
  return { module: 'kinds/api/pagination/signs.py', class: name, values };
}

/** A value, and its text where that may stand for it. */
function written(value: string | number | boolean): Value {
  return tuple(typeof value === 'string' ? [value] : [value, String(value)]);
}

/**
 * What a fake API has there in its last page, and in the others, null for nothing of its own; undefined where pages tell nothing
 * of the kind. At `nextPath` is what leads to the next page.
 */
export function signsOf(answer: SignAnswer, nextPath: string | undefined): Value | undefined {
  const signs = valuesOf(answer);
  return signs && tuple(signPath(answer) !== undefined && signPath(answer) === nextPath ? [signs[0], null] : signs);
}

function valuesOf({ last_page_when: when }: SignAnswer): readonly [Value, Value] | undefined {
  if (when === undefined || when.short_page) return undefined;
  const { equals, not, empty, missing } = when;
  const text = (value: string | number | boolean) => (when.path === undefined ? String(value) : value);
  if (equals !== undefined) return [text(equals), `not ${equals}`];
  if (not !== undefined) return [`not ${not}`, text(not)];
  if (empty !== undefined) return empty ? ['', 'more'] : ['last', ''];
  return missing ? [null, 'more'] : ['last', null];
}
