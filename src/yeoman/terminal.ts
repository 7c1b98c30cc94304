import { emitKeypressEvents } from 'node:readline';
import { BACK } from '../answers/back.ts';
import type { Environment } from './environment.ts';
import { type Keep, stoppable } from './stopped.ts';

type Question = Readonly<Record<string, unknown>>;
type PromptModule = (...args: unknown[]) => Promise<unknown>;
type Key = { readonly name?: string };

/**
 * Esc alone is told from keys that begin with its code, as arrows do, by nothing that follows in so many milliseconds. Node
 * waits for half a second; what a terminal sends for one key comes at once, also over slow lines.
 */
const ESCAPE_TIMEOUT = 100;

/**
 * Has a terminal's questions know two keys more: Ctrl-C throws Stopped, since the adapter ends the whole run with what its
 * prompts throw, and Esc gives BACK where a question can be gone back from. Long lists get a prompt that searches them, and long texts one that takes what is pasted.
 * `keep` keeps what was answered where the user stops.
 */
export function prepareTerminal({ adapter }: Pick<Environment, 'adapter'>, keep: Keep): void {
  const terminal = adapter.actualAdapter ?? adapter;
  const { promptModule, stdin } = terminal;
  if (!promptModule) return;
  // The first to ask for a stream's keys says how long they are waited for.
  if (stdin === process.stdin && process.stdin.isTTY)
    emitKeypressEvents(process.stdin, { escapeCodeTimeout: ESCAPE_TIMEOUT } as never);
  const ask = stdin === process.stdin ? withOwn(promptModule) : promptModule;
  const calm = (...args: unknown[]) => stoppable(() => withBack(ask, args), keep);
  terminal.promptModule = Object.assign(calm, promptModule);
}

async function withBack(ask: PromptModule, args: unknown[]): Promise<unknown> {
  const { name, canGoBack } = only(args);
  if (canGoBack !== true) return ask(...args);
  let goesBack = false;
  const onKey = (_: unknown, key: Key | undefined) => {
    if (key?.name !== 'escape' || goesBack) return;
    goesBack = true;
    // All of Inquirer's prompts know how to end by this one.
    process.stdin.emit('keypress', '\u0003', { name: 'c', ctrl: true, sequence: '\u0003' });
  };
  process.stdin.on('keypress', onKey);
  try {
    return await ask(...args);
  } catch (error) {
    if (goesBack) return { [String(name)]: BACK };
    throw error;
  } finally {
    process.stdin.off('keypress', onKey);
  }
}

/** Asks by prompts of our own where Inquirer has none that fits. */
function withOwn(ask: PromptModule): PromptModule {
  return async (...args) => {
    const question = only(args);
    if (question.matches !== undefined) {
      const { ticks } = await import('./ticks.ts');
      return { [String(question.name)]: await ticks(question as never) };
    }
    if (question.conceal === undefined) return ask(...args);
    const { paste } = await import('./paste.ts');
    return { [String(question.name)]: await paste(question as never) };
  };
}

/** Yeoman hands over a list of questions, which is asked one by one here. */
function only([questions]: readonly unknown[]): Question {
  return [questions].flat()[0] as Question;
}
