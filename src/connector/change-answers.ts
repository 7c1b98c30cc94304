import { isEqual } from 'lodash-es';
import type { AnswersDocument } from '../answers/document.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { isMapping } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';
import type { ExistingConnector } from './existing.ts';
import { recordedStream, type SchemaKind } from './existing-schema.ts';

/** The answers that a connector is to have, and what to know of them. */
export interface ChangedAnswers {
  readonly answers: RawAnswers;
  readonly notes: readonly string[];
}

/** What a connector is known by, to Mage and to those who use it: a change of it would be another connector. */
const IDENTITY = ['kind', 'name', 'uuid'];

/**
 * The answers of a connector with those that a user gives now. With a name they are all of its answers, otherwise those that
 * change. Streams are told by their names; none is ever taken out here, and their schemas stay where none is given.
 * Throws a UserError for answers that a connector can't change.
 */
export function changedAnswers(
  kind: SchemaKind,
  { folder, answers: recorded }: ExistingConnector,
  given: RawAnswers,
  document?: AnswersDocument,
): ChangedAnswers {
  refuseOtherIdentity(recorded, given, document);
  const isWhole = 'name' in given;
  const identity = Object.fromEntries(IDENTITY.filter(key => key in recorded).map(key => [key, recorded[key]]));
  const layout = given.layout === undefined || given.layout === 'auto' ? recorded.layout : given.layout;
  const changed = { ...(isWhole ? {} : recorded), ...given, ...identity, layout };
  if (!recorded.streams || ('streams' in given && !Array.isArray(given.streams)))
    return { answers: changed, notes: [] };
  const streams = (given.streams ?? []) as unknown[];
  const named = new Set(streams.map(stream => isMapping(stream) && stream.name));
  const kept = recorded.streams.filter(({ name }) => !named.has(name));
  const standing = (stream: RawAnswers) => recordedStream(kind, folder, stream);
  const merged = streams.map(stream => {
    const twin = recorded.streams?.find(({ name }) => isMapping(stream) && name === stream.name);
    return twin && isMapping(stream) ? standing({ ...(isWhole ? {} : twin), ...stream }) : stream;
  });
  const vanished = isWhole
    ? kept.map(
        ({ name }) =>
          `${String(name)} is not among the answers, and stays: stream --remove ${String(name)} takes it out`,
      )
    : [];
  return { answers: { ...changed, streams: [...merged, ...kept.map(standing)] }, notes: vanished };
}

function refuseOtherIdentity(recorded: RawAnswers, given: RawAnswers, document: AnswersDocument | undefined): void {
  const others = IDENTITY.filter(key => key in given && key in recorded && !isEqual(given[key], recorded[key]));
  if (others.length === 0) return;
  throw new UserError(
    others.map(key => ({
      where: document ? `${document.file}, ${key}` : key,
      line: document?.lineOf([key]),
      message: `is ${String(recorded[key])} in the connector, and can't be changed`,
      hint: 'that would be another connector: make it in a folder of its own',
    })),
  );
}
