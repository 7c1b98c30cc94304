import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { commonList } from '../../../python/analysis/lists.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { type AttributePlan, planAttributes, schemaFolder } from '../conventions/attributes.ts';
import { classLines, moduleText } from '../conventions/class-text.ts';
import { conventionsFor } from '../conventions/conventions.ts';
import { writeMethod } from '../conventions/methods.ts';
import { findReaders, neededMethods } from '../conventions/readers.ts';
import { type NewStream, roleOf } from '../conventions/roles.ts';
import type { WrittenMethod } from '../conventions/written-method.ts';
import { type Key, keyFor } from './key.ts';
import type { Obstacle } from './obstacle.ts';
import { type Placement, placementFor } from './placement.ts';
import { recordsObstacle, unplaced } from './unplaced.ts';

/** Everything that is written for a new stream, before any file is touched. */
export interface Blueprint extends Placement {
  readonly className: string;
  readonly lines: readonly string[];
  /** The text of the module, where the class has one of its own. */
  readonly moduleText: string | undefined;
  readonly key: Key;
  /** A list of classes that it has to stand in as well. */
  readonly list: string | undefined;
  /** The schema's file, relative to the connector's folder. */
  readonly schema: string;
  readonly eol: string;
  readonly notes: readonly string[];
}

/** Designs the stream after the connector's others; where something follows from none of them, says what. */
export function designStream(files: ConnectorFiles, registry: Registry, stream: NewStream): Blueprint | Obstacle {
  const others = registry.streams.filter(({ name }) => name !== stream.name);
  const rest = { ...registry, streams: others };
  const list = commonList(files, registry);
  const conventions = conventionsFor(files, rest, stream, listed(others, list?.classes));
  if (!conventions)
    return { obstacle: `no stream of ${registry.name} with a schema extends a class of the connector's own` };
  const key = keyFor(files, rest, conventions, stream.name);
  if ('obstacle' in key) return key;
  const readers = findReaders(files, rest, conventions);
  const attributes = planAttributes(conventions, stream, readers, files.python.get(conventions.model.file) ?? '');
  const methods = neededMethods(conventions, readers).map(name => ({
    name,
    written: writeMethod(name, { files, conventions, stream }),
  }));
  const missing = [...attributes.unknown, ...methods.filter(({ written }) => !written).map(({ name }) => name)];
  if (missing.length > 0)
    return { obstacle: `each of the connector's streams has its own ${missing.join(' and ')}, which no answer tells` };
  const written = methods.map(method => method.written).filter(method => method !== undefined);
  if (!hasPath(attributes, written)) return { obstacle: 'nothing in its stream classes takes a path' };
  const draft = { conventions, stream, attributes, methods: written };
  const obstacle = recordsObstacle(draft);
  if (obstacle) return obstacle;
  const lines = classLines(conventions, attributes.assignments, written);
  const placement = placementFor(files, rest, conventions, stream.name);
  return {
    ...placement,
    className: conventions.className,
    lines,
    moduleText: placement.hasOwnModule ? moduleText(files, conventions, lines) : undefined,
    key,
    list: list?.name,
    schema: `schemas/${schemaFolder(conventions)}${stream.name}.json`,
    eol: conventions.eol,
    notes: [...written.flatMap(({ note }) => note ?? []), ...unplaced(files, rest, draft)],
  };
}

function listed(streams: readonly RegisteredStream[], classes: readonly string[] | undefined) {
  return classes ? streams.filter(({ definition }) => classes.includes(definition.name)) : streams;
}

function hasPath({ assignments }: AttributePlan, methods: readonly WrittenMethod[]): boolean {
  return methods.some(method => method.hasPath) || assignments.some(({ name }) => roleOf(name) === 'path');
}
