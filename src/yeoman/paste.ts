import {
  createPrompt,
  isBackspaceKey,
  isEnterKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePrefix,
  useRef,
  useState,
} from '@inquirer/core';
import { cyan, dim, red } from 'yoctocolors';
import { isUnfinished } from '../answers/pasted-text.ts';
import { cut } from './ticks.ts';

/** A text of any length, which is rather pasted than typed. */
interface Paste {
  readonly message: string;
  /** What may be shown of it on one line: it may have secrets. */
  readonly conceal: (text: string) => string;
  readonly validate?: (text: string) => string | true;
  /** What stood there before. */
  readonly default?: string;
  readonly theme?: Parameters<typeof makeTheme>[0];
}

/** A terminal that is asked to says where what is pasted begins and ends. */
const ASK_FOR_BRACKETS = '\u001b[?2004h';
const NO_BRACKETS = '\u001b[?2004l';

/**
 * A prompt for a text that is pasted: its lines are one answer, and one line alone is shown, without what may be secret. Where a
 * terminal doesn't say what is pasted, a text that isn't finished goes on after Enter; twice Enter ends any.
 */
export const paste = createPrompt<string, Paste>(({ message, conceal, validate, theme: own, ...rest }, done) => {
  const theme = makeTheme(own);
  const [status, setStatus] = useState<'idle' | 'done'>('idle');
  const [text, setText] = useState(rest.default ?? '');
  const [error, setError] = useState('');
  // What comes between the brackets is shown once, when it is whole.
  const pasting = useRef<string | undefined>(undefined);
  const prefix = usePrefix({ status, theme });
  useEffect(() => {
    process.stdout.write(ASK_FOR_BRACKETS);
    return () => {
      process.stdout.write(NO_BRACKETS);
    };
  }, []);
  const end = (whole: string) => {
    const valid = validate?.(whole) ?? true;
    if (valid !== true) return setError(valid);
    setStatus('done');
    done(whole);
  };
  useKeypress((key, line) => {
    // What is typed is shown by this prompt alone.
    line.clearLine(0);
    const { name, ctrl, sequence = '' } = key as typeof key & { readonly sequence?: string };
    if (name === 'paste-start') {
      pasting.current = text;
      return;
    }
    if (pasting.current !== undefined) {
      if (name === 'paste-end') {
        setText(pasting.current.trimEnd());
        pasting.current = undefined;
      } else pasting.current += isEnterKey(key) ? '\n' : sequence;
      return;
    }
    setError('');
    if (isEnterKey(key)) return isUnfinished(text) ? setText(`${text}\n`) : end(text.trim());
    if (ctrl && name === 'u') return setText('');
    if (isBackspaceKey(key)) return setText([...text].slice(0, -1).join(''));
    if (!ctrl && /^[^\p{Cc}]+$/u.test(sequence)) setText(text + sequence);
  });
  const width = Math.max((process.stdout.columns ?? 80) - 1, 20);
  const title = `${prefix} ${theme.style.message(message, status)}`;
  const shown = conceal(text);
  if (status === 'done') return `${title} ${cyan(cut(shown, width))}`;
  const size = shown === text.trim() ? '' : sizeOf(text);
  const note = text.endsWith('\n') ? 'it goes on; an empty line ends it' : size;
  const room = width - note.length - 5;
  const line = `  ${cyan(note ? cut(shown, room) : tail(shown, room))}${note && dim(`  ${note}`)}`;
  return [`${title}\n${line}`, error && red(`> ${error}`)];
});

function sizeOf(text: string): string {
  const lines = text.trim().split('\n').length;
  return `${text.trim().length} characters${lines > 1 ? ` in ${lines} lines` : ''}`;
}

/** The end of a text that is longer: that is where it is typed. */
function tail(text: string, width: number): string {
  return text.length > width ? `…${text.slice(1 - Math.max(width, 2))}` : text;
}
