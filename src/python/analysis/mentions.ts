import { topLevel } from '../parse.ts';
import { readString } from '../strings.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { readClasses, textOf } from './classes.ts';
import type { ConnectorFiles } from './files.ts';

/** A dict, list or set of a connector that has an entry for each of its streams. */
export interface Mention {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly variable: string;
  /** The entry of one of the streams, as written. */
  readonly entry: string;
  /** That stream. */
  readonly stream: string;
}

/** Finds where the names of a connector's streams stand in its code: what a new stream has to be added to by hand. */
export function findMentions({ python }: ConnectorFiles, streams: readonly string[]): readonly Mention[] {
  return [...python].flatMap(([file, text]) =>
    (topLevel(text) ?? []).flatMap(node => {
      const [target, operator, ...rest] = node.name === 'AssignStatement' ? node.children : [];
      const value = rest.at(-1);
      if (!target || !operator || !value) return [];
      const entries = entriesOf(text, value).filter(({ stream }) => streams.includes(stream));
      const [entry] = [...entries].sort((a, b) => a.entry.length - b.entry.length);
      if (!entry || entries.length * 2 < streams.length) return [];
      const line = text.slice(0, node.from).split('\n').length;
      return [{ file, line, variable: textOf(text, target), ...entry }];
    }),
  );
}

function entriesOf(text: string, value: SyntaxNode): { stream: string; entry: string }[] {
  const parts = value.children;
  if (value.name === 'DictionaryExpression')
    return parts.flatMap((part, index) => {
      const [key, item] = [parts[index - 1], parts[index + 1]];
      if (part.name !== ':' || !key || !item) return [];
      return [{ stream: readString(textOf(text, key)) ?? '', entry: text.slice(key.from, item.to) }];
    });
  if (value.name !== 'ArrayExpression' && value.name !== 'SetExpression' && value.name !== 'TupleExpression') return [];
  return parts.map(part => ({ stream: readString(textOf(text, part)) ?? '', entry: textOf(text, part) }));
}

/** A line of code. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/**
 * Where one of the streams stands in the code as a string, and where the class that says so is used: the fewest places that
 * some stream has, since that one is the easiest to follow.
 */
export function findPlaces(
  files: ConnectorFiles,
  streams: readonly string[],
): { stream: string; places: readonly Place[] } | undefined {
  const found = streams.map(stream => ({ stream, places: placesOf(files, stream) }));
  return found.filter(({ places }) => places.length > 0).sort((a, b) => a.places.length - b.places.length)[0];
}

function placesOf(files: ConnectorFiles, stream: string): Place[] {
  const named = linesWith(files, new RegExp(`(['"])${stream}\\1`));
  const classes = named.flatMap(({ file, line }) => {
    const found = readClasses(files.python.get(file) ?? '')?.find(({ from, to }) =>
      isWithin(files, file, line, from, to),
    );
    return found ? [found.name] : [];
  });
  const uses = [...new Set(classes)].flatMap(name =>
    linesWith(files, new RegExp(`\\b${name}\\b`)).filter(({ text }) => !/^(?:from|import|class)\s/.test(text)),
  );
  return [...named, ...uses.filter(use => !named.some(({ file, line }) => file === use.file && line === use.line))];
}

function linesWith({ python }: ConnectorFiles, pattern: RegExp): Place[] {
  return [...python].flatMap(([file, text]) =>
    text.split(/\r?\n/).flatMap((content, index) => {
      const line = content.trim();
      return pattern.test(line) && !line.startsWith('#') ? [{ file, line: index + 1, text: line }] : [];
    }),
  );
}

function isWithin({ python }: ConnectorFiles, file: string, line: number, from: number, to: number): boolean {
  const text = python.get(file) ?? '';
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  return lineOf(from) <= line && line <= lineOf(to);
}
