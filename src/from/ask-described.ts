import type { Ask } from '../answers/ask.ts';
import { connectorEntries } from '../answers/connector.ts';
import type { AnyKind } from '../connector/kind.ts';
import type { DescribedApi } from './described.ts';
import type { FromGiven } from './options.ts';
import { settled } from './understand.ts';

/** What questions about a description need. */
export interface DescribedQuestions {
  readonly ask: Ask;
  readonly kind: AnyKind;
  readonly api: DescribedApi;
  readonly given: FromGiven;
  readonly cwd: string;
  /** True where the connector's name is known. */
  readonly isNamed: boolean;
}

/** Asks what a description leaves open. */
export async function askDescribed({ ask, api, given, cwd, isNamed }: DescribedQuestions): Promise<DescribedApi> {
  const name = isNamed ? undefined : await askName(ask, api.answers.name?.value);
  const answers =
    name === undefined
      ? api.answers
      : { ...api.answers, name: { value: name, grade: 'said' as const, evidence: 'your answer' } };
  return settled({ ...api, answers }, given, cwd);
}

async function askName(ask: Ask, proposed: string | undefined): Promise<string | undefined> {
  return ask.text('name', {
    message: 'What is the connector called',
    help: "as Mage's source list shows it",
    default: proposed,
    check: connectorEntries.name,
  });
}
