import { isEqual } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedKey } from '../described.ts';
import type { ReadBeside } from '../endpoints/references.ts';
import { firstSentence, snake } from '../endpoints/words.ts';
import type { KeyUse } from './template.ts';

/** What a specification says of a configuration key. */
interface Specified {
  readonly about: Node;
  /** True where it has to be configured, in its group at least. */
  readonly required: boolean;
}

/** Older connectors have the specification beside the manifest. */
const BESIDE = ['spec.yaml', 'spec.json'];

/** The configuration keys that the texts of a manifest have, and what its specification says of them. */
export class ManifestKeys {
  readonly #uses = new Map<string, KeyUse>();
  /** Undefined where there is no specification. */
  readonly #specified: ReadonlyMap<string, Specified> | undefined;

  constructor(root: Node, readBeside: ReadBeside | undefined) {
    const found = specifiedIn(own(root, 'spec') ?? specificationBeside(readBeside));
    this.#specified = found.size > 0 ? found : undefined;
  }

  /** Takes note of a use; false where the key stands for something else already. */
  note(name: string, use: KeyUse = {}): boolean {
    const known = this.#uses.get(name);
    if (known && (!isEqual(known.values, use.values) || known.isAddress !== use.isAddress)) return false;
    this.#uses.set(name, { ...use, fallback: use.fallback ?? known?.fallback, type: use.type ?? known?.type });
    return true;
  }

  about(name: string): Node | undefined {
    return this.#specified?.get(snake(name))?.about;
  }

  isUnspecified(name: string): boolean {
    return this.#specified !== undefined && !this.#specified.has(snake(name));
  }

  /** The keys as answers have them. Those of authentication say themselves what they are; `needed` ones can't be left out. */
  answers(ofAuth: ReadonlySet<string>, needed: ReadonlySet<string>): DescribedKey[] {
    return [...this.#uses].flatMap(([name, use]) => {
      const isPlain = use.values === undefined && use.isAddress === undefined;
      return ofAuth.has(name) && isPlain ? [] : [this.#answer(name, use, needed.has(name))];
    });
  }

  #answer(name: string, { fallback, type, values, isAddress }: KeyUse, isNeeded: boolean): DescribedKey {
    const about = this.about(name) ?? {};
    const text = firstSentence(
      ([own(about, 'description'), own(about, 'title')].find(each => typeof each === 'string') as string) ?? '',
    );
    const description = isAddress ? `${text.replace(/\.$/, '') || 'The address'}, without https://` : text;
    const standard = this.#standard(name, { fallback, type, values }, isNeeded);
    const isSecret = own(about, 'airbyte_secret') === true;
    return {
      name,
      ...(description !== '' && { description }),
      ...(type !== undefined && { type }),
      ...(values !== undefined && { values }),
      ...(isSecret ? { secret: true } : standard !== undefined && { default: standard }),
    };
  }

  /** The default; empty where nothing has to be configured, so that what has the key is left out then. */
  #standard(name: string, { fallback, type, values }: KeyUse, isNeeded: boolean): DescribedKey['default'] | undefined {
    const known = this.#specified?.get(snake(name));
    const usual = known && own(known.about, 'default');
    const text = fallback ?? (['string', 'number', 'boolean'].includes(typeof usual) ? (usual as string) : undefined);
    if (values !== undefined)
      return text !== undefined && Object.hasOwn(values, String(text)) ? String(text) : undefined;
    if (type === 'integer' && text !== undefined) return Number(text);
    if (text !== undefined && text !== '') return text;
    const isOptional = this.#specified !== undefined && known?.required !== true;
    return isOptional && !isNeeded ? '' : undefined;
  }
}

function specificationBeside(readBeside: ReadBeside | undefined): unknown {
  for (const file of BESIDE)
    try {
      const found = readBeside?.(file);
      if (found !== undefined) return found;
    } catch {
      // Without the file, nothing is known of the keys but their names.
    }
  return undefined;
}

/** The properties of a specification, also those in groups, by their names in our letters. */
function specifiedIn(spec: unknown, found = new Map<string, Specified>(), depth = 0): Map<string, Specified> {
  if (!isMapping(spec) || depth > 8) return found;
  for (const key of ['connection_specification', 'connectionSpecification'])
    specifiedIn(own(spec, key), found, depth + 1);
  const properties = own(spec, 'properties');
  const required = list(own(spec, 'required'));
  for (const [name, about] of Object.entries(isMapping(properties) ? properties : {})) {
    if (!isMapping(about)) continue;
    if (!found.has(snake(name))) found.set(snake(name), { about, required: required.includes(name) });
    specifiedIn(about, found, depth + 1);
  }
  for (const each of list(own(spec, 'oneOf'))) specifiedIn(each, found, depth + 1);
  return found;
}
