import { sortBy } from 'lodash-es';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import type { Validated } from '../answers/validate.ts';
import type { Report, ResolvedStream, StreamKind, StreamReport } from './kind.ts';
import type { LoadedStream } from './load.ts';
import type { DeclaredStream, ReplicationMethod } from './model.ts';
import { streamNames } from './stream-names.ts';

/** Resolves every stream that was loaded, sorted by name so that the order of the answers doesn't matter. */
export function resolveStreams(
  kind: Pick<StreamKind<never, unknown>, 'resolveStream'>,
  loaded: readonly LoadedStream[],
  report: Report,
): readonly ResolvedStream[] {
  const resolved = loaded.map(({ index, answer, content }) =>
    kind.resolveStream(answer, content, (key, message, hint) => report(['streams', index, key], message, hint)),
  );
  return sortBy(resolved, ({ model }) => model.name);
}

/** What the answers of any stream say, with the replication method that follows from its key. */
export function resolveDeclared(answer: DeclaredStreamAnswers, report: StreamReport): DeclaredStream {
  const { replication_key: replicationKey } = answer;
  const replicationMethod: ReplicationMethod =
    answer.replication_method ?? (replicationKey === undefined ? 'FULL_TABLE' : 'INCREMENTAL');
  if (replicationMethod === 'INCREMENTAL' && replicationKey === undefined)
    report('replication_key', 'is missing: INCREMENTAL needs it');
  if (replicationMethod === 'FULL_TABLE' && replicationKey !== undefined)
    report('replication_key', 'has no use in a FULL_TABLE stream');
  return { ...streamNames(answer.name), keyProperties: answer.key_properties ?? [], replicationMethod, replicationKey };
}

/** Two streams can't share a module or a class; on some disks not even names that differ in case only. */
export function reportClashes(
  given: readonly DeclaredStreamAnswers[],
  answers: Validated<unknown>,
  report: Report,
): void {
  const seen = new Map<string, string>();
  given.forEach((stream, index) => {
    if (answers.faulty(['streams', index, 'name'])) return;
    const { moduleName } = streamNames(stream.name);
    const other = seen.get(moduleName);
    if (other === stream.name) report(['streams', index, 'name'], `${other} is there twice`);
    else if (other !== undefined)
      report(['streams', index, 'name'], `${stream.name} and ${other} would share the module ${moduleName}`);
    seen.set(moduleName, stream.name);
  });
}
