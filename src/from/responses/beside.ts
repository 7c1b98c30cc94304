import { isMapping } from '../../base/mapping.ts';
import { type Path, pathText } from '../../base/paths.ts';
import { snakeCase } from '../../schema/infer/suggest.ts';

/** A value that stands beside the records. */
export interface Beside {
  /** By the grammar of paths. */
  readonly path: string;
  /** Its last key in snake case, without signs. */
  readonly name: string;
  readonly value: string | number | boolean;
}

const MAX_DEPTH = 4;

/** The scalar values of a response outside of the list at a path, those further out first; of lists, links by their `rel`. */
export function valuesBeside(body: unknown, recordsPath: string): Beside[] {
  const found: Beside[] = [];
  let level: (readonly [Path, unknown])[] = [[[], body]];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    level = level.flatMap(([path, value]) => (pathText(path) === recordsPath && depth > 0 ? [] : inner(path, value)));
    for (const [path, value] of level) {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
      const name = nameOf(path);
      if (name !== '') found.push({ path: pathText(path), name, value });
    }
  }
  return found;
}

function inner(path: Path, value: unknown): (readonly [Path, unknown])[] {
  if (isMapping(value)) return Object.entries(value).map(([key, item]) => [[...path, { key }], item] as const);
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).flatMap(item => {
    const rel = isMapping(item) && typeof item.href === 'string' ? item.rel : undefined;
    const isPlain = typeof rel === 'string' && /^[\w-]+$/.test(rel);
    return isPlain
      ? [
          [
            [...path, { where: { field: 'rel', value: rel } }, { key: 'href' }],
            (item as { href: string }).href,
          ] as const,
        ]
      : [];
  });
}

/** `next` of `links.next.href`. */
function nameOf(path: Path): string {
  const [last, before] = [path.at(-1), path.at(-2)];
  const isLink = last && 'key' in last && /^(?:href|url|uri)$/i.test(last.key);
  const step = isLink && before ? before : last;
  if (!step) return '';
  if ('where' in step) return snakeCase(step.where.value);
  return 'key' in step ? snakeCase(step.key.replace(/^.*[@.]/, '')) : '';
}
