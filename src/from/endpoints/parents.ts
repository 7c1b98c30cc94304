import type { Grade } from '../described.ts';
import { pattern, type Segment, segmentsOf } from './endpoint.ts';
import { keyName, wordsOf } from './names.ts';
import { bare, singular } from './words.ts';

/** A list that may have parents, and be one. */
export interface LinkedList {
  readonly name: string;
  readonly path: string;
  readonly key: string | undefined;
  /** The names of the columns of its records that have one value. */
  readonly columns: readonly string[];
}

/** Where the value of a path's parameter comes from. */
export interface FoundParent {
  /** The parameter as the path writes it. */
  readonly param: string;
  readonly stream: string;
  readonly field: string;
  readonly as: string;
  readonly grade: Grade;
  readonly evidence: string;
}

/** Parameters that name no record. */
const NO_RECORD =
  /(?:^|_)(?:date|time|year|month|day|week|format|version|lang|language|locale|type|limit|status|state)$/;

/** Finds the parents of lists: those that their paths lead through, or whose records their parameters are called after. */
export class Parents {
  readonly #lists: readonly LinkedList[];
  readonly #byPattern: ReadonlyMap<string, LinkedList>;
  readonly #byWord = new Map<string, LinkedList[]>();
  readonly #known = new Map<LinkedList, readonly FoundParent[]>();
  readonly #open = new Set<LinkedList>();

  constructor(lists: readonly LinkedList[]) {
    this.#lists = lists;
    this.#byPattern = new Map(lists.map(list => [pattern(segmentsOf(list.path)), list]));
    for (const list of lists) {
      const word = singular(bare(wordsOf(list.path)[0] ?? ''));
      this.#byWord.set(word, [...(this.#byWord.get(word) ?? []), list]);
    }
  }

  /** What a list's path takes of parents; its other parameters are configuration. */
  of(list: LinkedList): readonly FoundParent[] {
    const known = this.#known.get(list);
    if (known) return known;
    this.#open.add(list);
    const found = this.#find(list);
    this.#open.delete(list);
    this.#known.set(list, found);
    return found;
  }

  #find(list: LinkedList): FoundParent[] {
    const segments = segmentsOf(list.path);
    for (let at = segments.length - 1; at > 0; at--) {
      const segment = segments[at] as Segment;
      if (!('param' in segment) || NO_RECORD.test(keyName(segment.param))) continue;
      const above = this.#byPattern.get(pattern(segments.slice(0, at)));
      const through = above && !this.#open.has(above) ? fieldOf(above, segment.param, list) : undefined;
      const parent = through ?? this.#named(segment.param, list);
      if (!parent) continue;
      const source = this.#lists.find(({ name }) => name === parent.stream) as LinkedList;
      return [parent, ...this.#inherited(source, list, segments.slice(0, at), parent)];
    }
    return [];
  }

  /** The parameters further left that the parent itself has of its parents, as columns. */
  #inherited(source: LinkedList, list: LinkedList, before: readonly Segment[], parent: FoundParent): FoundParent[] {
    const params = before.flatMap(segment => ('param' in segment ? [segment.param] : []));
    const itsParams = segmentsOf(source.path).flatMap(segment => ('param' in segment ? [segment.param] : []));
    const through = pattern(before) === pattern(segmentsOf(source.path));
    return this.of(source).flatMap(above => {
      const param = through
        ? params[itsParams.indexOf(above.param)]
        : params.find(name => keyName(name) === keyName(above.param));
      if (param === undefined || param === parent.param) return [];
      return [
        {
          ...parent,
          param,
          field: above.as,
          as: columnFor(param, list, above.stream),
          evidence: `${source.name} has it of ${above.stream}`,
        },
      ];
    });
  }

  /** A list elsewhere whose records the parameter is called after: `networks` for `networkId`. */
  #named(param: string, list: LinkedList): FoundParent | undefined {
    const word = bare(param).replace(/(?:uuid|guid|id|key)$/, '');
    if (word.length < 3 || word === bare(param)) return undefined;
    const others = (this.#byWord.get(singular(word)) ?? []).filter(other => other !== list && !this.#open.has(other));
    const [shortest] = others.sort((a, b) => a.path.length - b.path.length);
    const found = shortest && fieldOf(shortest, param, list);
    return found && { ...found, grade: 'guessed', evidence: `{${param}} is named like the records of ${found.stream}` };
  }
}

/** The column of a parent's records that a parameter takes: the one of its name, else the key. */
function fieldOf(parent: LinkedList, param: string, list: LinkedList): FoundParent | undefined {
  const word = wordsOf(parent.path)[0] ?? parent.name;
  const names = [bare(param), bare(param).replace(bare(singular(word)), '')];
  const same = parent.columns.find(column => column !== '' && names.includes(bare(column)));
  const field = same ?? parent.key;
  if (field === undefined) return undefined;
  const sure = same !== undefined || /id$/i.test(param);
  return {
    param,
    stream: parent.name,
    field,
    as: columnFor(param, list, parent.name),
    grade: sure ? 'inferred' : 'guessed',
    evidence: `the path of ${parent.name} lies before {${param}}`,
  };
}

/** What a parent's field is called in a stream, which may have a column of the parameter's name itself. */
function columnFor(param: string, list: LinkedList, parent: string): string {
  const name = keyName(param);
  if (!list.columns.some(column => column === name) || /.._id$/.test(name)) return name;
  const word = singular(parent);
  const longer = keyName(name === word ? `${word}_id` : `${word}_${name}`);
  return list.columns.includes(longer) ? keyName(`parent_${longer}`) : longer;
}
