import {
  createPrompt,
  isBackspaceKey,
  isEnterKey,
  isSpaceKey,
  makeTheme,
  useKeypress,
  usePrefix,
  useState,
} from '@inquirer/core';
import { cyan, dim, green, red } from 'yoctocolors';

/** A list of which several can be ticked. */
interface Ticks {
  readonly message: string;
  readonly choices: readonly { readonly value: string; readonly name: string; readonly checked: boolean }[];
  /** The values that a text finds. */
  readonly matches: (text: string) => ReadonlySet<string>;
  readonly theme?: Parameters<typeof makeTheme>[0];
}

const ROWS = 12;
const STEPS: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -ROWS, pagedown: ROWS };
const HIDE_CURSOR = '\u001b[?25l';
const NOTHING = 'Nothing is ticked: space ticks one, Ctrl-A all that are shown';

/**
 * A prompt for lists of any length: what is typed searches it, space ticks, Ctrl-A ticks all that are found. No line is wider than
 * the terminal, since what wraps is not cleared from the screen where the window changes.
 */
export const ticks = createPrompt<readonly string[], Ticks>(({ message, choices, matches, theme: own }, done) => {
  const theme = makeTheme(own);
  const [status, setStatus] = useState<'idle' | 'done'>('idle');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [error, setError] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    new Set(choices.filter(({ checked }) => checked).map(({ value }) => value)),
  );
  const prefix = usePrefix({ status, theme });
  const found = matches(text);
  const shown = choices.filter(({ value }) => found.has(value));
  const search = (words: string) => {
    setText(words);
    setActive(0);
  };
  useKeypress((key, line) => {
    // What is typed is shown by this prompt alone.
    line.clearLine(0);
    setError('');
    const { name, ctrl, sequence } = key as typeof key & { readonly sequence?: string };
    const current = shown[active];
    if (isEnterKey(key)) {
      if (ticked.size === 0) return setError(NOTHING);
      setStatus('done');
      return done(choices.map(({ value }) => value).filter(value => ticked.has(value)));
    }
    const step = STEPS[name];
    if (step !== undefined) return setActive(Math.min(Math.max(active + step, 0), Math.max(shown.length - 1, 0)));
    if (isSpaceKey(key)) return current && setTicked(toggled(ticked, [current.value]));
    if (ctrl && name === 'a') return setTicked(toggled(ticked, [...found]));
    if (ctrl && name === 'u') return search('');
    if (isBackspaceKey(key)) return search(text.slice(0, -1));
    if (!ctrl && sequence && /^[^\p{Cc}]+$/u.test(sequence)) return search(text + sequence);
  });
  const width = Math.max((process.stdout.columns ?? 80) - 1, 20);
  const title = `${prefix} ${theme.style.message(message, status)}`;
  if (status === 'done') {
    const names = choices.map(({ value }) => value).filter(value => ticked.has(value));
    return `${title} ${cyan(cut(names.join(', '), Math.max(width - message.length - 4, 20)))}`;
  }
  const first = Math.min(Math.max(active - Math.floor(ROWS / 2), 0), Math.max(shown.length - ROWS, 0));
  const rows = shown.slice(first, first + ROWS).map(({ value, name }, index) => {
    const isActive = first + index === active;
    const mark = ticked.has(value) ? green('◉') : '◯';
    return `${isActive ? cyan('❯') : ' '}${mark} ${isActive ? cyan(cut(name, width - 4)) : cut(name, width - 4)}`;
  });
  const count = `${shown.length} of ${choices.length} found, ${ticked.size} ticked`;
  return [
    title,
    cut(`  Search: ${text}`, width),
    ...(rows.length > 0 ? rows : [dim('  nothing has this in its name, path or title')]),
    dim(cut(`  ${count}`, width)),
    ...(error ? [red(cut(`> ${error}`, width))] : []),
    dim(cut('  type to search • space ticks • Ctrl-A all found • ⏎ done', width)) + HIDE_CURSOR,
  ].join('\n');
});

/** With all of those ticked, or none where all were. */
function toggled(ticked: ReadonlySet<string>, values: readonly string[]): ReadonlySet<string> {
  const others = [...ticked].filter(value => !values.includes(value));
  return new Set(values.every(value => ticked.has(value)) ? others : [...ticked, ...values]);
}

/** A text as wide as that at most; what isn't ASCII counts as wide, as most of it is. */
export function cut(text: string, width: number): string {
  let room = width;
  const fitting: string[] = [];
  for (const letter of text) {
    room -= letter.charCodeAt(0) < 0x1100 ? 1 : 2;
    if (room < 1) return `${fitting.join('')}…`;
    fitting.push(letter);
  }
  return text;
}
