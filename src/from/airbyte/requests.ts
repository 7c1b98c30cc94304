import { isMapping } from '../../base/mapping.ts';
import { TELLING } from '../../base/statuses.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { given, part } from './manifest.ts';
import { shown } from './pagination.ts';
import { lost, NOTHING, type Part, type StreamContext, together } from './parts.ts';
import { translated } from './template.ts';

const REQUESTS = 'the answers of the request: path, params, headers and body';

/** How a stream is asked for, but for its address and its authentication. */
export function requestPart(requester: Node, context: StreamContext): Part {
  const method = String(own(requester, 'http_method') ?? 'GET').toUpperCase();
  if (method !== 'GET' && method !== 'POST') return lost(`it is asked for by ${method}`, 'get_records of the stream');
  const json = own(requester, 'request_body_json') ?? own(requester, 'request_body');
  return together([
    method === 'POST' ? { answers: { method }, losses: [] } : NOTHING,
    mapped('params', own(requester, 'request_parameters'), context),
    mapped('headers', own(requester, 'request_headers'), context),
    bodyPart(json, 'json', context),
    bodyPart(own(requester, 'request_body_data'), 'form', context),
    errorsPart(part(requester, 'error_handler')),
  ]);
}

function mapped(key: 'params' | 'headers', value: unknown, context: StreamContext): Part {
  if (value === undefined || value === null || value === '') return NOTHING;
  if (!isMapping(value)) return lost(`its ${key} are ${shown(value)}`, REQUESTS);
  return together(
    Object.entries(value).map(([name, text]) => {
      const translatedName = key === 'headers' && name.includes('{{') ? undefined : translated(name, context);
      const translatedText = translatedName === undefined ? undefined : translated(text, context);
      if (translatedText === '') return NOTHING;
      return translatedText === undefined
        ? lost(`of its ${key}, ${name} is ${shown(text)}`, REQUESTS)
        : { answers: { [key]: { [translatedName as string]: translatedText } }, losses: [] };
    }),
  );
}

function bodyPart(value: unknown, as: 'json' | 'form', context: StreamContext): Part {
  if (value === undefined || value === null || (isMapping(value) && Object.keys(value).length === 0)) return NOTHING;
  const body =
    isMapping(value) && typeof own(value, 'type') === 'string' && isMapping(own(value, 'value'))
      ? own(value, 'value')
      : value;
  const whole = isMapping(body) ? inner(body, context) : undefined;
  if (whole === undefined) return lost(`its body is ${shown(value)}`, REQUESTS);
  return { answers: { body: whole, ...(as === 'form' && { body_as: 'form' }) }, losses: [] };
}

/** The same value with its texts in our grammar; undefined where one has none. */
function inner(value: unknown, context: StreamContext): unknown {
  if (typeof value === 'string') return translated(value, context);
  if (Array.isArray(value)) {
    const items = value.map(item => inner(item, context));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isMapping(value)) return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== '$parameters')
    .map(([key, each]) => [key, inner(each, context)] as const);
  return entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
}

/** What is done about errors. What ours do of their own accord, for 429 and 5xx, needs no answer. */
function errorsPart(handler: Node | undefined): Part {
  if (!handler) return NOTHING;
  if (own(handler, 'type') === 'CompositeErrorHandler')
    return together(list(own(handler, 'error_handlers')).map(each => errorsPart(isMapping(each) ? each : undefined)));
  if (own(handler, 'type') !== 'DefaultErrorHandler')
    return lost('errors are handled by Python of its own', 'the answer errors');
  const custom = list(own(handler, 'backoff_strategies')).some(each =>
    /^Custom/.test(String(own(each as Node, 'type'))),
  );
  return together([
    ...list(own(handler, 'response_filters')).map(each => rule(each as Node)),
    custom ? lost('how long it waits is Python of its own', 'the answer errors') : NOTHING,
  ]);
}

const ACTIONS: Readonly<Record<string, string>> = {
  IGNORE: 'empty',
  FAIL: 'fail',
  RETRY: 'retry',
  RATE_LIMITED: 'wait',
  REFRESH_TOKEN_THEN_RETRY: 'retry',
};

function rule(filter: Node): Part {
  const action = ACTIONS[String(given(filter, 'action'))];
  const codes = list(own(filter, 'http_codes')).map(Number).filter(Number.isInteger);
  const predicate = /^\s*\{\{\s*(.*?)\s*\}\}\s*$/s.exec(String(own(filter, 'predicate') ?? ''))?.[1];
  const equal = /^response((?:\.\w+|\[['"]\w+['"]\])+)\s*==\s*(?:'([^']*)'|"([^"]*)"|(\d+))$/.exec(predicate ?? '');
  const contains = own(filter, 'error_message_contains');
  if (action === undefined || (own(filter, 'predicate') !== undefined && !equal))
    return lost(`an error is told by ${shown(own(filter, 'predicate') ?? own(filter, 'action'))}`, 'the answer errors');
  // Rules without a condition fit everything.
  if (codes.length === 0 && !equal && typeof contains !== 'string') return NOTHING;
  // Records may have the same words.
  if (codes.length === 0 && !equal)
    return lost(`an error is told by ${shown(contains)} in any response`, 'the answer errors');
  const telling = action === 'empty' && !equal && typeof contains !== 'string' ? codes.find(TELLING) : undefined;
  if (telling !== undefined)
    return lost(`every ${telling} counts as no records`, 'the answer errors, with a path or a text that tells which');
  const message = own(filter, 'error_message');
  const path = equal?.[1]?.replaceAll(/\[['"](\w+)['"]\]/g, '.$1').replace(/^\./, '');
  return {
    answers: {
      errors: [
        {
          ...(codes.length > 0 && { status: codes }),
          ...(equal && { path, equals: equal[4] === undefined ? (equal[2] ?? equal[3]) : Number(equal[4]) }),
          ...(typeof contains === 'string' && { contains }),
          do: action,
          ...(action === 'fail' &&
            typeof message === 'string' &&
            !message.includes('{{') &&
            message.trim() !== '' && { message: message.trim().replaceAll(/\s+/g, ' ') }),
        },
      ],
    },
    losses: [],
  };
}
