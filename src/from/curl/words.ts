import { UserError } from '../../base/problems.ts';

/** What a character after a backslash stands for in $'…', where it isn't itself. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };
const CODE = /(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3}))/iy;

/**
 * Splits text into the words of its commands as a POSIX shell does, with the quotes that browsers copy: '…', "…", $'…' and
 * the ^ of Windows. Nothing is expanded: a variable stays as it stands. Throws a UserError for a quote without its end.
 */
export function shellCommands(text: string, where: string): string[][] {
  return new Words(isWindows(text) ? withoutCarets(text) : text, where).commands();
}

class Words {
  readonly #text: string;
  readonly #where: string;
  readonly #commands: string[][] = [[]];
  #word: string | undefined;
  #at = 0;

  constructor(text: string, where: string) {
    this.#text = text.replaceAll('\r\n', '\n');
    this.#where = where;
  }

  commands(): string[][] {
    while (this.#at < this.#text.length) this.#next();
    this.#endWord();
    return this.#commands.filter(words => words.length > 0);
  }

  #next(): void {
    const char = this.#text[this.#at++] as string;
    const next = this.#text[this.#at];
    if (char === '\\') this.#escaped();
    else if (char === "'") this.#single();
    else if (char === '"') this.#double();
    else if (char === '$' && next === "'") this.#ansi();
    else if (char === ' ' || char === '\t') this.#endWord();
    else if (char === '\n' || char === ';' || char === '|' || (char === '&' && next !== undefined)) this.#endCommand();
    else if (char === '#' && this.#word === undefined) this.#at = this.#end('\n', false);
    else this.#add(char);
  }

  /** A line that ends in a backslash goes on. */
  #escaped(): void {
    const char = this.#text[this.#at++];
    if (char !== undefined && char !== '\n') this.#add(char);
  }

  #single(): void {
    const end = this.#end("'", true);
    this.#add(this.#text.slice(this.#at, end));
    this.#at = end + 1;
  }

  #double(): void {
    this.#add('');
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined) throw this.#unended('"');
      if (char === '"') return;
      const next = this.#text[this.#at];
      if (char !== '\\' || next === undefined || !'"\\$`\n'.includes(next)) this.#add(char);
      else {
        if (next !== '\n') this.#add(next);
        this.#at++;
      }
    }
  }

  #ansi(): void {
    this.#at++;
    this.#add('');
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined) throw this.#unended("$'");
      if (char === "'") return;
      this.#add(char === '\\' ? this.#code() : char);
    }
  }

  #code(): string {
    CODE.lastIndex = this.#at;
    const found = CODE.exec(this.#text);
    if (found) {
      this.#at += found[0].length;
      const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '', found[4] ? 8 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    }
    const char = this.#text[this.#at++] ?? '';
    return ESCAPES[char] ?? char;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#commands.at(-1)?.push(this.#word);
    this.#word = undefined;
  }

  #endCommand(): void {
    this.#endWord();
    this.#commands.push([]);
  }

  #end(sign: string, isNeeded: boolean): number {
    const end = this.#text.indexOf(sign, this.#at);
    if (end < 0 && isNeeded) throw this.#unended(sign);
    return end < 0 ? this.#text.length : end;
  }

  #unended(sign: string): UserError {
    return new UserError({
      where: this.#where,
      line: this.#text.slice(0, this.#at).split('\n').length,
      message: `a quote ${sign} has no end`,
      hint: 'was the whole command copied?',
    });
  }
}

/** "Copy as cURL (cmd)" escapes by carets. */
function isWindows(text: string): boolean {
  return /\^"|\^\r?\n/.test(text);
}

/** The quotes that a caret stands before are quotes still; within them a backslash escapes, as in a shell. */
function withoutCarets(text: string): string {
  return text.replaceAll(/\^\r?\n/g, ' ').replaceAll(/\^(.)/gs, '$1');
}
