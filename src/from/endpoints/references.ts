import { isMapping } from '../../base/mapping.ts';
import { own } from '../../schema/infer/untyped.ts';

/** References that lead to references; no honest description has so many on one way. */
const MAX_STEPS = 50;

/** Reads another file that a reference names, parsed; undefined where it isn't to be read. */
export type ReadBeside = (path: string) => unknown;

/**
 * Follows the `$ref`s of a description, each when it is asked for: nothing is copied, so that cycles and bombs cost nothing.
 * References stay in the description, or lead to files that `readBeside` gives.
 */
export class References {
  /** What can't be followed, each once: the reference, and why. */
  readonly broken = new Map<string, string>();
  readonly #root: unknown;
  readonly #readBeside: ReadBeside | undefined;
  readonly #files = new Map<string, unknown>();
  readonly #known = new Map<string, unknown>();

  constructor(root: unknown, readBeside?: ReadBeside) {
    this.#root = root;
    this.#readBeside = readBeside;
  }

  /** What stands at a node, or where its reference leads; undefined where that is nothing. */
  follow(node: unknown): unknown {
    let current = node;
    for (let step = 0; step < MAX_STEPS; step++) {
      const reference = isMapping(current) ? own(current, '$ref') : undefined;
      if (typeof reference !== 'string') return current;
      current = this.#target(reference);
    }
    return undefined;
  }

  /** As `follow`, for what has to be a mapping. */
  mapping(node: unknown): Readonly<Record<string, unknown>> {
    const target = this.follow(node);
    return isMapping(target) ? target : {};
  }

  #target(reference: string): unknown {
    if (this.#known.has(reference)) return this.#known.get(reference);
    const target = this.#find(reference);
    this.#known.set(reference, target);
    return target;
  }

  #find(reference: string): unknown {
    const hash = reference.indexOf('#');
    const file = hash === -1 ? reference : reference.slice(0, hash);
    const pointer = hash === -1 ? '' : reference.slice(hash + 1);
    try {
      const target = at(file === '' ? this.#root : this.#file(file), pointer);
      if (target === undefined) this.broken.set(reference, 'points to nothing');
      return target;
    } catch (error) {
      this.broken.set(reference, (error as Error).message);
      return undefined;
    }
  }

  #file(path: string): unknown {
    if (!this.#readBeside) throw new Error('leads to another file, and only a description in a folder has those');
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const value = relocated(this.#readBeside(path), path);
    this.#files.set(path, value);
    return value;
  }
}

/** What a JSON pointer (RFC 6901) leads to. */
function at(root: unknown, pointer: string): unknown {
  let target = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = unescaped(step);
    if (Array.isArray(target)) target = /^\d{1,9}$/.test(name) ? target[Number(name)] : undefined;
    else target = isMapping(target) ? own(target, name) : undefined;
  }
  return target;
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return step;
  }
}

/** Another file's references, which are relative to it, made relative to the description. */
function relocated(root: unknown, path: string): unknown {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const seen = new Set<unknown>();
  const rest = [root];
  while (rest.length > 0) {
    const node = rest.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const reference = isMapping(node) ? own(node, '$ref') : undefined;
    if (typeof reference === 'string')
      (node as Record<string, unknown>).$ref = reference.startsWith('#')
        ? `${path}${reference}`
        : /^[a-z][a-z0-9+.-]*:|^\//i.test(reference)
          ? reference
          : normal(`${folder}${reference}`);
    rest.push(...Object.values(node));
  }
  return root;
}

/** The path without `.` and with `..` taken together where something stands before it. */
function normal(reference: string): string {
  const [path = '', ...pointer] = reference.split('#');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return [steps.join('/'), ...pointer].join('#');
}
