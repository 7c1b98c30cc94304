import { deburr, kebabCase, upperFirst } from 'lodash-es';

/** What a connector is called in each place. */
export interface ConnectorNames {
  /** As Mage's source list shows it: one line of any characters. */
  readonly name: string;
  /** The Python class. Mage looks for `name` without its spaces, so where that differs it must be told. */
  readonly className: string;
  /** The folder and Python module. Mage derives `name` in lower case with `_` for spaces, unless told. */
  readonly uuid: string;
}

/** What a stream is called in each place. */
export interface StreamNames {
  /** Singer's stream ID, which is also the name of its schema file. */
  readonly name: string;
  readonly className: string;
  readonly moduleName: string;
}

export const MAX_NAME_LENGTH = 80;
const MAX_UUID_LENGTH = 63;
/** So that the line that names it in a signature has 100 columns at most. */
const MAX_CLASS_LENGTH = 60;

const PYTHON_KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield match case type'
  ).split(' '),
);

/** Names in capitals that Python itself has: those of 3.10 to 3.13. */
const BUILT_IN = new Set(
  (
    'ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError ' +
    'BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ' +
    'ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning ' +
    'EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError ' +
    'FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError ' +
    'InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ' +
    'ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError ' +
    'OverflowError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError ' +
    'RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration ' +
    'StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError ' +
    'UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError ' +
    'UnicodeWarning UserWarning ValueError Warning ZeroDivisionError'
  ).split(' '),
);

/** Modules that Mage's own `sources` package has beside its connectors. */
const FRAMEWORK_MODULES = new Set('base catalog constants http messages sql utils tests test main'.split(' '));

/**
 * The names of a connector, derived from its display name; `uuid` as given, if it was. `isTaken` tells the names that the
 * modules have which its class stands in.
 */
export function connectorNames(
  name: string,
  uuid: string | undefined,
  isTaken: (className: string) => boolean,
): ConnectorNames {
  const words = asciiWords(name).length > 0 ? asciiWords(name) : asciiWords(uuid ?? '');
  return {
    name,
    className: classNameOf(words, 'Source', isTaken).slice(0, MAX_CLASS_LENGTH),
    uuid: uuid ?? moduleNameOf(words, 'source', FRAMEWORK_MODULES).slice(0, MAX_UUID_LENGTH).replace(/_$/, ''),
  };
}

/** What is wrong with a connector's display name, or undefined. */
export function connectorNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'is empty';
  if (name !== name.trim()) return 'begins or ends with a space';
  if (name.length > MAX_NAME_LENGTH) return `has ${name.length} characters, ${MAX_NAME_LENGTH} are the most`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u.test(name))
    return 'has control characters or line breaks';
  return undefined;
}

/** What is wrong with a connector's uuid (its folder and Python module), or undefined. */
export function uuidFault(uuid: string): string | undefined {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(uuid))
    return 'must be lower-case letters, digits and _, begin with a letter, and have 63 characters at most';
  if (PYTHON_KEYWORDS.has(uuid)) return `is a Python keyword`;
  if (FRAMEWORK_MODULES.has(uuid)) return `is a module of Mage's own framework`;
  return undefined;
}

/** True where a display name has something to make Python names of. */
export function hasAsciiWords(name: string): boolean {
  return asciiWords(name).length > 0;
}

const STREAM_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$/;

/** What is wrong with a stream's name, or undefined. */
export function streamNameFault(name: string): string | undefined {
  if (STREAM_NAME.test(name) && asciiWords(name).length > 0) return undefined;
  const better = asciiWords(name).join('_').toLowerCase().slice(0, 63);
  return `must be letters, digits, _ and -, 63 at most${better && better !== name ? `, such as ${better}` : ''}`;
}

/** The names of a stream. `isTaken` tells the names that the modules have which its class stands in. */
export function streamNames(name: string, isTaken: (className: string) => boolean): StreamNames {
  const words = asciiWords(name.replaceAll('-', '_'));
  return {
    name,
    className: classNameOf(words, 'Stream', isTaken),
    moduleName: moduleNameOf(words, 'stream', new Set(['base'])),
  };
}

/** A configuration key as Mage's form and a Python format string can hold it. */
export const CONFIG_KEY = /^[a-z][a-z0-9_]{0,62}$/;

function asciiWords(text: string): string[] {
  return deburr(text).match(/[A-Za-z0-9]+/g) ?? [];
}

function classNameOf(words: readonly string[], kind: string, isTaken: (className: string) => boolean): string {
  const name = words.map(upperFirst).join('');
  if (/^\d/.test(name)) return `${kind}${name}`;
  return PYTHON_KEYWORDS.has(name) || BUILT_IN.has(name) || isTaken(name) ? `${name}${kind}` : name;
}

function moduleNameOf(words: readonly string[], kind: string, taken: ReadonlySet<string>): string {
  const name = words.join('_').toLowerCase();
  if (/^\d/.test(name)) return `${kind}_${name}`;
  return PYTHON_KEYWORDS.has(name) || taken.has(name) ? `${name}_${kind}` : name;
}

/** The candidate that is meant by a mistyped word, if one is near enough to be named. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = kebabCase(word);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(plain, kebabCase(candidate));
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && (!best || distance < best.distance))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Levenshtein distance of two short words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
