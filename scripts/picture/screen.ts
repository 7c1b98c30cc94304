/** One character of a screen, and how it looks: a colour of the 16 (30 to 37, 90 to 97), bold, dim. */
export interface Cell {
  readonly text: string;
  readonly colour: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

type Look = Omit<Cell, 'text'>;

const PLAIN: Look = { colour: undefined, bold: false, dim: false };
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told what to do by them
const TOKEN = /\x1b\[([0-9;?]*)([@-~])|\x1b\][^\x07]*\x07|\x1b[=>78]|[\s\S]/gu;

/** What a terminal shows of what a program wrote to it: the controls that prompts use, as ECMA-48 has them. */
export class Screen {
  readonly rows: Cell[][] = [[]];
  readonly #columns: number;
  #row = 0;
  #column = 0;
  #look = PLAIN;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Throws an Error for a control that isn't known here, since the picture would be wrong. */
  write(output: string): this {
    for (const [token, parameters = '', final] of output.matchAll(TOKEN)) {
      if (final !== undefined) this.#control(final, parameters);
      else if (!token.startsWith('\x1b')) this.#put(token);
    }
    return this;
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#moveTo(this.#row + 1, this.#column);
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') this.#show(character);
  }

  #show(character: string): void {
    if (this.#column === this.#columns) this.#moveTo(this.#row + 1, 0);
    const row = this.#current;
    while (row.length < this.#column) row.push({ text: ' ', ...PLAIN });
    row[this.#column] = { text: character, ...this.#look };
    this.#column += 1;
  }

  #control(final: string, parameters: string): void {
    // What is asked of the terminal itself, such as to hide its cursor.
    if (parameters.startsWith('?')) return;
    const count = Number(parameters || '1');
    if (final === 'm') this.#restyle(parameters);
    else if (final === 'A') this.#row = Math.max(0, this.#row - count);
    else if (final === 'B') this.#moveTo(this.#row + count, this.#column);
    else if (final === 'C') this.#column += count;
    else if (final === 'D') this.#column = Math.max(0, this.#column - count);
    else if (final === 'G') this.#column = count - 1;
    else if (final === 'K') this.#eraseInRow(parameters);
    else if (final === 'J') this.#eraseBelow();
    else throw new Error(`a control that the picture doesn't know: ${parameters}${final}`);
  }

  #eraseInRow(parameters: string): void {
    if (parameters === '2') this.#current.length = 0;
    else this.#current.length = Math.min(this.#current.length, this.#column);
  }

  #eraseBelow(): void {
    this.#eraseInRow('');
    this.rows.length = this.#row + 1;
  }

  #restyle(parameters: string): void {
    for (const code of (parameters || '0').split(';').map(Number)) {
      if (code === 0) this.#look = PLAIN;
      else if (code === 1) this.#look = { ...this.#look, bold: true };
      else if (code === 2) this.#look = { ...this.#look, dim: true };
      else if (code === 22) this.#look = { ...this.#look, bold: false, dim: false };
      else if (code === 39) this.#look = { ...this.#look, colour: undefined };
      else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) this.#look = { ...this.#look, colour: code };
    }
  }

  #moveTo(row: number, column: number): void {
    while (this.rows.length <= row) this.rows.push([]);
    this.#row = row;
    this.#column = column;
  }

  get #current(): Cell[] {
    return this.rows[this.#row] as Cell[];
  }
}
