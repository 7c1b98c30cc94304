import { UserError } from '../../../base/problems.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import type { StreamSchema } from '../../../schema/dialect.ts';
import { designStream } from './blueprint.ts';
import { recallStream } from './recall.ts';

/** Whether a stream's class is what this generator writes for what the class says, so that nobody's edits are in it. */
export function isAsWritten(
  files: ConnectorFiles,
  registry: Registry,
  stream: RegisteredStream,
  schema: string | undefined,
): boolean {
  const { file, definition } = stream;
  const text = files.python.get(file) ?? '';
  try {
    const read = schema === undefined ? undefined : (JSON.parse(schema) as StreamSchema);
    const plan = designStream(files, registry, recallStream(files, stream, read));
    if ('obstacle' in plan || plan.file !== file) return false;
    if (plan.moduleText !== undefined) return text === plan.moduleText;
    return text.slice(definition.from, definition.to) === plan.lines.join(plan.eol);
  } catch (error) {
    if (error instanceof UserError || error instanceof SyntaxError) return false;
    throw error;
  }
}
