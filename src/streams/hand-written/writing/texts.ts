import { join } from 'node:path';
import { readText } from '../../../base/read-text.ts';
import type { Change } from '../../../changes/change.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { type Place, refuse } from '../../../python/refusal.ts';

/** The files of a connector as they will be: edits go on top of one another, and nothing is written. */
export class Texts {
  readonly #folder: string;
  readonly #before = new Map<string, string | undefined>();
  readonly #after = new Map<string, string | undefined>();
  readonly #order = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The text as it will be; undefined where there will be no file. */
  read(path: string): string | undefined {
    if (!this.#before.has(path)) {
      const text = readText(join(this.#folder, path));
      this.#before.set(path, text);
      this.#after.set(path, text);
    }
    return this.#after.get(path);
  }

  /** Edits a file that there is. */
  edit(path: string, transform: (text: string) => string): void {
    const text = this.read(path);
    if (text !== undefined) this.#set(path, transform(text));
  }

  /** Makes a file; one that is there must say the same. */
  create(path: string, text: string, place: Place): void {
    const before = this.read(path);
    if (before !== undefined && before !== text) refuse(place, 'there is such a file already, with other content');
    this.#set(path, text);
  }

  remove(path: string): void {
    this.read(path);
    this.#set(path, undefined);
  }

  #set(path: string, text: string | undefined): void {
    this.#order.add(path);
    this.#after.set(path, text);
  }

  /** What is to be written, in the order in which it was planned. */
  changes(): readonly (Change & { readonly removed: boolean })[] {
    return [...this.#order].map(path => {
      const [before, after] = [this.#before.get(path), this.#after.get(path)];
      const removed = after === undefined && before !== undefined;
      return { path: join(this.#folder, path), before, content: after ?? '', ask: false, removed };
    });
  }

  /** The connector's files as they will be. */
  asFiles(files: ConnectorFiles): ConnectorFiles {
    const python = new Map(files.python);
    const schemas = new Set(files.schemas);
    for (const [path, text] of this.#after) {
      if (path.endsWith('.json')) text === undefined ? schemas.delete(path) : schemas.add(path);
      else if (text === undefined) python.delete(path);
      else python.set(path, text);
    }
    return { ...files, python, schemas: [...schemas] };
  }
}
