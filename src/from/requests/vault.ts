import type { DescribedKey } from '../described.ts';

/** Takes what is secret out of requests: the values stay here, and the names of configuration keys go into their places. */
export class Vault {
  /** The values by their keys; they are never written. */
  readonly credentials: Record<string, string> = {};
  /** The keys that no scheme brings with it. */
  readonly config: DescribedKey[] = [];

  /** Keeps the value of a key that a scheme has; the first of several counts. */
  keep(key: string, value: string): void {
    this.credentials[key] ??= value;
  }

  /** Keeps a value under a key of its own, and gives what stands in its place. */
  kept(wanted: string, value: string, description: string): string {
    const base = /^[a-z][a-z0-9_]*$/.test(wanted)
      ? wanted.slice(0, 55)
      : `key_${wanted.replaceAll(/\W/g, '')}`.slice(0, 55);
    const known = this.config.find(({ name }) => this.credentials[name] === value && name.startsWith(base));
    if (known) return `{${known.name}}`;
    let name = base;
    for (let number = 2; name in this.credentials; number += 1) name = `${base}_${number}`;
    this.credentials[name] = value;
    this.config.push({ name, description, secret: true });
    return `{${name}}`;
  }

  /** Text that has no key in it: braces of its own would be taken for one. */
  plain(text: string): string {
    return /\{[a-z][a-z0-9_]*\}/.test(text) ? this.kept('text_in_braces', text, 'A text that has braces') : text;
  }
}
