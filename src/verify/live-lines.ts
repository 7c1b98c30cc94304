/** Milliseconds between two looks at how far a work is. */
const EACH = 100;

/** Lines on a terminal that say how far a long work is; nothing where standard error is no terminal. */
export function liveLines(terminal: NodeJS.WriteStream = process.stderr): {
  /** Shows what these lines are, again and again. */
  readonly show: (lines: () => readonly string[]) => void;
  readonly end: () => void;
} {
  if (terminal.isTTY !== true) return { show: () => undefined, end: () => undefined };
  let current: () => readonly string[] = () => [];
  let [drawn, before] = [0, ''];
  const draw = (lines: readonly string[]) => {
    const { columns = 80, rows = 24 } = terminal;
    const fitting = lines.slice(-Math.max(1, rows - 1)).map(line => `${line.slice(0, Math.max(1, columns - 1))}\n`);
    const text = fitting.join('');
    if (text === before) return;
    terminal.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}\x1b[J${text}`);
    [drawn, before] = [fitting.length, text];
  };
  const timer = setInterval(() => draw(current()), EACH).unref();
  return {
    show: lines => {
      current = lines;
      draw(current());
    },
    end: () => {
      clearInterval(timer);
      draw([]);
    },
  };
}
