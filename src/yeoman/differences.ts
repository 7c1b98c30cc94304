/** A part of what Yeoman's conflict resolution shows of a file: lines that are added or removed, or that stay. */
export interface DifferencePart {
  readonly message: string;
  readonly color?: string;
}

/** Lines that stay are shown so far around those that change. */
const CONTEXT = 3;

/** Differences without the lines that are far from any: a screen has no room for a whole file. */
export function nearDifferences(parts: readonly DifferencePart[]): DifferencePart[] {
  return parts.map((part, index) => {
    if (part.color !== undefined) return part;
    // Between its words "removed" and "added" Yeoman has nothing.
    if (part.message === '') return { message: ' ' };
    const isFirst = !parts.slice(0, index).some(isLine);
    const isLast = !parts.slice(index + 1).some(isLine);
    return { message: near(part.message, isFirst, isLast) };
  });
}

/** The words of the title have colours as well, and no line is without its sign. */
function isLine({ message, color }: DifferencePart): boolean {
  return color !== undefined && /^[+-]/.test(message);
}

function near(text: string, isFirst: boolean, isLast: boolean): string {
  const lines = text.split('\n');
  // After the last newline comes nothing.
  const end = lines.at(-1) === '' ? 1 : 0;
  const [before, after] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT];
  const left = lines.length - end - before - after;
  if (left < 2) return text;
  const gap = ` … ${left} lines as they are`;
  return [...lines.slice(0, before), gap, ...lines.slice(lines.length - end - after)].join('\n');
}
