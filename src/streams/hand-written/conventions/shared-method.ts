import type { Method } from '../../../python/analysis/classes.ts';
import type { RegisteredStream } from '../../../python/analysis/registry.ts';
import { topLevel } from '../../../python/parse.ts';
import { readString } from '../../../python/strings.ts';
import type { SyntaxNode } from '../../../python/syntax-node.ts';

/**
 * The method of this name that two streams or more have in common, log messages, layout and quotes aside, as the last of them
 * writes it; undefined where each has one of its own. What several streams share fits one more.
 */
export function sharedMethod(streams: readonly RegisteredStream[], name: string): Method | undefined {
  const groups = new Map<string, Method[]>();
  for (const { definition } of streams) {
    const method = definition.methods.find(candidate => candidate.name === name);
    const meaning = method && meaningOf(method.text);
    if (method && meaning !== undefined) groups.set(meaning, [...(groups.get(meaning) ?? []), method]);
  }
  const [most] = [...groups.values()].sort((a, b) => b.length - a.length);
  return most && most.length > 1 ? most.at(-1) : undefined;
}

/** The words of a method without what only logs. */
function meaningOf(text: string): string | undefined {
  const source = dedented(text);
  return topLevel(source)
    ?.flatMap(node => words(source, node))
    .join(' ');
}

function words(source: string, node: SyntaxNode): string[] {
  const text = source.slice(node.from, node.to);
  if (node.name === 'Comment') return [];
  if (node.name === 'ExpressionStatement' && /^(?:self\.)?logger\.|^["']/i.test(text)) return [];
  const parts = node.children;
  if (node.name === 'String' || parts.length === 0) return [readString(text) ?? text];
  return parts.flatMap(part => words(source, part));
}

function dedented(text: string): string {
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  return `${text
    .split('\n')
    .map(line => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')}\n`;
}
