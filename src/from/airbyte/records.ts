import { pathText } from '../../base/paths.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { conditionOf } from './conditions.ts';
import { parametersOf, part } from './manifest.ts';
import { shown } from './pagination.ts';
import { lost, NOTHING, type Part, type StreamContext, together } from './parts.ts';
import { accessIn, partition, pathOf, plainContext, translated } from './template.ts';

const OF_BOOKMARK = /^\s*\{\{\s*record\[?[^{}]*\]?\s*>=?\s*\(?\s*stream_(?:interval|slice)[^{}]*\}\}\s*$/;
const TRANSFORM = 'transform of the stream';

/** Where the records are, and which of them are kept. */
export function recordsPart(retriever: Node): Part {
  const selector = part(retriever, 'record_selector');
  const extractor = selector && part(selector, 'extractor');
  const ofPython = lost('its records are found by Python of its own', 'get_records of the stream');
  const isPython = extractor && own(extractor, 'type') !== 'DpathExtractor';
  if (!selector || !extractor || (isPython && !Array.isArray(own(extractor, 'field_path')))) return ofPython;
  const steps = list(own(extractor, 'field_path')).map(step => translated(step, plainContext(parametersOf(extractor))));
  if (steps.some(step => step === undefined || step.includes('{')))
    return lost('where its records are is a template', 'the answer records_path');
  // Each of a list is what the list is.
  if (steps.at(-1) === '*') steps.pop();
  const path = pathText((steps as string[]).map(step => (step === '*' ? { every: true } : { key: step })));
  const isOne = steps.includes('*') && !endsInList(own(extractor, 'field_path'));
  return together([
    isPython ? ofPython : NOTHING,
    {
      answers: {
        records_path: path,
        ...(isOne && { records_in: 'object' }),
        // A list that isn't there is an empty one in Airbyte.
        ...(path !== '' && !steps.includes('*') && { omits_empty: true }),
      },
      losses: [],
    },
    filterPart(part(selector, 'record_filter')),
    normalization(own(selector, 'schema_normalization')),
  ]);
}

function endsInList(path: unknown): boolean {
  return list(path).at(-1) === '*';
}

function normalization(given: unknown): Part {
  if (given === 'Default') return { answers: { cast: true }, losses: [] };
  return typeof given === 'object' && given !== null
    ? lost('its values are converted by Python of its own', TRANSFORM)
    : NOTHING;
}

/** `{{ record.state == 'open' }}`, also several with `and`. */
function filterPart(filter: Node | undefined): Part {
  if (!filter) return NOTHING;
  // What is older than the bookmark is left out anyway.
  if (OF_BOOKMARK.test(String(own(filter, 'condition') ?? ''))) return NOTHING;
  const text = /^\s*\{\{\s*(.*?)\s*\}\}\s*$/s.exec(String(own(filter, 'condition') ?? ''))?.[1];
  const terms =
    text?.split(/\s+and\s+/).map(term => /^(.*?)\s*==\s*(?:'([^']*)'|"([^"]*)"|(\d+|true|false))$/i.exec(term)) ?? [];
  const pairs = terms.map(found => {
    const name = found && accessIn(`{{ ${found[1]} }}`);
    const plain = found?.[4]?.toLowerCase();
    const value =
      plain === undefined
        ? (found?.[2] ?? found?.[3])
        : plain === 'true' || plain === 'false'
          ? plain === 'true'
          : Number(plain);
    return name?.root === 'record' && name.steps.length === 1 && value !== undefined
      ? ([name.steps[0], value] as const)
      : undefined;
  });
  if (pairs.length === 0 || pairs.includes(undefined)) {
    const condition = conditionOf(String(own(filter, 'condition') ?? ''), parametersOf(filter));
    return condition === undefined
      ? lost(`records are kept where ${shown(own(filter, 'condition') ?? own(filter, 'class_name'))}`, TRANSFORM)
      : { answers: { keep_when: condition }, losses: [] };
  }
  return { answers: { record_filter: Object.fromEntries(pairs as (readonly [string, unknown])[]) }, losses: [] };
}

/** What becomes of each record. */
export function transformationsPart(stream: Node, context: StreamContext): Part {
  return together(list(own(stream, 'transformations')).map(each => transformation(each as Node, context)));
}

function transformation(given: Node, context: StreamContext): Part {
  const type = own(given ?? {}, 'type');
  if (type === 'AddFields')
    return own(given, 'condition')
      ? lost(`fields are added where ${shown(own(given, 'condition'))}`, TRANSFORM)
      : together(list(own(given, 'fields')).map(field => addedField(field as Node, context)));
  if (type === 'RemoveFields') {
    const paths = list(own(given, 'field_pointers')).map(pointer => list(pointer).map(String));
    if (own(given, 'condition') || paths.some(path => path.length === 0 || path.some(step => /[*[\]]/.test(step))))
      return lost('fields are removed on a condition or by a pattern', TRANSFORM);
    return { answers: { remove: paths.map(path => pathText(path.map(key => ({ key })))) }, losses: [] };
  }
  if (type === 'KeysToLower') return { answers: { names: 'lower' }, losses: [] };
  if (type === 'KeysToSnakeCase') return { answers: { names: 'snake' }, losses: [] };
  return lost(`records are changed by ${type ?? 'something'}`, TRANSFORM);
}

function addedField(field: Node, context: StreamContext): Part {
  const path = list(own(field, 'path'));
  const [name] = path;
  const value = own(field, 'value');
  if (path.length !== 1 || typeof name !== 'string' || name.includes('{{'))
    return lost(`a field ${shown(path.join('.'))} is added inside of another`, TRANSFORM);
  const found = accessIn(value);
  if (found?.root === 'record') return { answers: { columns: { [name]: pathOf(found.steps) } }, losses: [] };
  // A parent's field is a column already, by the name that the stream asks with.
  const isParent = found && ['stream_partition', 'stream_slice'].includes(found.root) && found.steps.length === 1;
  if (isParent && partition(found.steps[0] as string) === name) return NOTHING;
  const text = translated(value, context);
  const isAsked = ['since', 'until'].every(moment => !text?.includes(`{${moment}`) || context.asked?.includes(moment));
  if (text === undefined || !isAsked) return lost(`the field ${name} is ${shown(value)}`, TRANSFORM);
  return { answers: { columns: { [name]: { value: text } } }, losses: [] };
}
