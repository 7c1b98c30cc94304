import type { Ask } from '../../../answers/ask.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import { SCHEMES } from './registry.ts';

const NONE = { value: 'none', name: 'Not at all' };

/**
 * Asks how requests are authenticated; rarer ways (several to choose from, signed tokens) are for answers files.
 * `now` is what is answered already, and becomes the default.
 */
export async function askAuth(ask: Ask, now: RawAnswers = {}): Promise<RawAnswers> {
  const choices = SCHEMES.flatMap(({ type, question }) => (question ? [{ value: type, name: question.name }] : []));
  const type = await ask.choice('auth', {
    message: 'How are requests authenticated',
    help: 'the secret becomes a configuration key',
    default: now.type as string | undefined,
    // The two that most APIs have come first.
    choices: [...choices.slice(0, 2), NONE, ...choices.slice(2)],
  });
  const same = now.type === type ? now : {};
  const question = SCHEMES.find(scheme => scheme.type === type)?.question;
  return { type, ...(await question?.ask(ask, same)) };
}
