/** A line on a terminal that says how far a long work is; nothing where standard error is no terminal. */
export function liveLine(terminal: NodeJS.WriteStream = process.stderr): {
  readonly tell: (text: string) => void;
  readonly end: () => void;
} {
  if (terminal.isTTY !== true) return { tell: () => undefined, end: () => undefined };
  const clear = '\r\x1b[K';
  return {
    tell: text => {
      terminal.write(clear + text.slice(0, Math.max(1, (terminal.columns ?? 80) - 1)));
    },
    end: () => {
      terminal.write(clear);
    },
  };
}
