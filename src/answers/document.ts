import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { memoize } from 'lodash-es';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { decodeText } from '../base/decode-text.ts';
import { UserError } from '../base/problems.ts';
import { readStandardInput } from '../base/standard-input.ts';
import { plainYaml } from './plain-yaml.ts';

/** Answers as they stand in a file, before anything is checked. */
export interface AnswersDocument {
  /** The file's name for messages; `standard input` for `-`. */
  readonly file: string;
  /** The folder that paths in the answers are relative to. */
  readonly folder: string;
  readonly value: unknown;
  /** The line (from 1) of what stands at a path, or of the nearest thing above it. */
  lineOf(path: readonly (string | number)[]): number | undefined;
  /** What answers that are saved have above them; none for those of a file. */
  readonly comments: readonly AnswerComment[];
}

/** A comment, and the path of the answer that it stands above. */
export type AnswerComment = readonly [path: readonly (string | number)[], comment: string];

const TOO_DEEP = 'is nested too deeply';

/** Both the generator that chooses the kind and that of the kind read the answers: the same text is parsed once. */
let parsed: { readonly text: string; readonly option: string; readonly document: AnswersDocument } | undefined;

/**
 * Reads an answers file in YAML or JSON; `-` is standard input, whose paths are relative to `cwd`.
 * Throws a UserError for a file that can't be read and for every syntax error in it.
 */
export function readAnswers(option: string, cwd: string): AnswersDocument {
  const standardInput = option === '-';
  const file = standardInput ? 'standard input' : option;
  const text = readText(standardInput ? 0 : resolve(cwd, option), file);
  const folder = standardInput ? cwd : dirname(resolve(cwd, option));
  const known = parsed?.text === text && parsed.option === option && parsed.document.folder === folder;
  if (!parsed || !known) parsed = { text, option, document: parse(text, file, folder) };
  return parsed.document;
}

function parse(text: string, file: string, folder: string): AnswersDocument {
  const whole = memoize(() => withPositions(text, file));
  return {
    file,
    folder,
    value: plainYaml(text) ?? expanded(whole().document, file),
    lineOf(path) {
      const { document, lines } = whole();
      for (let length = path.length; length >= 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
    comments: [],
  };
}

interface Positions {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Parses the text so that each value's place is known. Throws a UserError for every syntax error. */
function withPositions(text: string, file: string): Positions {
  const lines = new LineCounter();
  const document = withLocation(file, () =>
    parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }),
  );
  // The library hands on what JavaScript says where its stack ends, once for each level.
  if (document.errors.some(({ message }) => message.startsWith('Maximum call stack')))
    throw new UserError({ where: file, message: TOO_DEEP });
  if (document.errors.length === 0) return { document, lines };
  throw new UserError(
    document.errors.map(({ message, pos }) => ({ where: file, line: lines.linePos(pos[0]).line, message })),
  );
}

/** Aliases are expanded within yaml's limit, so that a small file can't become a huge one. */
function expanded(document: Document, file: string): unknown {
  return withLocation(file, () => document.toJS({ maxAliasCount: 100 }));
}

/** Names the file in the errors of the YAML library. */
function withLocation<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const message = error instanceof RangeError ? TOO_DEEP : (error as Error).message;
    throw new UserError({ where: file, message }, { cause: error });
  }
}

function readText(source: string | number, file: string): string {
  try {
    return source === 0 ? readStandardInput('answers') : decodeText(readFileSync(source), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      {
        where: '--answers',
        message: missing ? `there is no file ${file}` : `${file} can't be read: ${(error as Error).message}`,
      },
      { cause: error },
    );
  }
}
