import { once } from 'lodash-es';
import { UserError } from '../base/problems.ts';
import { gitTexts } from '../changes/git-texts.ts';
import { type FileEntry, rendered } from '../changes/plan.ts';
import {
  assumedFile,
  type BaseText,
  type PreviousFiles,
  type WrittenFile,
  writtenFile,
} from '../changes/written-file.ts';
import type { ExistingConnector } from './existing.ts';
import type { AnyKind } from './kind.ts';
import { loadAsRecorded, loadOnDisk } from './load-existing.ts';
import { connectorPlan } from './plan.ts';
import { resolveConnector } from './resolve.ts';

/** A connector of ours, and its folder as it stands in plans: relative to the layout's root. */
interface Place {
  readonly kind: AnyKind;
  readonly existing: ExistingConnector;
  readonly folder: string;
}

/** Where the schemas of the recorded answers are taken from: the columns in the manifest, or what stands in schemas/. */
type SchemaSource = 'manifest' | 'disk';

/** Gives the text of a file by its path, as far as it has one. */
type Texts = (path: string) => string | undefined;

/** A connector's files as they were last written: those in its manifest, or else those that the recorded answers give. */
export function previousFiles(place: Place): PreviousFiles {
  const { existing, folder } = place;
  if (!existing.files) return assumedFiles(place);
  const entries = Object.entries(existing.files);
  const files = new Map(entries.map(([name, entry]) => [pathOf(name, folder), writtenFile(entry)]));
  return { files, baseTexts: paths => findTexts(place, paths, files) };
}

function assumedFiles(place: Place): PreviousFiles {
  const texts = new Map(rendered(recordedFiles(place, 'disk')).map(({ path, text }) => [path, text]));
  return {
    files: new Map([...texts].map(([path, text]) => [path, assumedFile(text)])),
    baseTexts: paths => basesOf(paths, path => texts.get(path), 'likely'),
  };
}

/**
 * A text that is exactly what was written is looked for in a manifest of an older version, in what this version makes of the
 * recorded answers, and in Git; whatever is found has to have the recorded fingerprint. Where there is none, it is only known
 * what this version would have written.
 */
function findTexts(
  place: Place,
  paths: readonly string[],
  files: ReadonlyMap<string, WrittenFile>,
): ReadonlyMap<string, BaseText> {
  const written = (path: string, text: string | undefined) =>
    text !== undefined && files.get(path)?.isUnmodified(text) ? text : undefined;
  const [byManifest, byDisk] = [regenerated(place, 'manifest'), regenerated(place, 'disk')];
  const made = basesOf(
    paths,
    path => files.get(path)?.text ?? written(path, byManifest(path)) ?? written(path, byDisk(path)),
    'exact',
  );
  const left = paths.filter(path => !made.has(path));
  const prints = left.flatMap(path => files.get(path)?.fingerprint ?? []);
  const inGit = gitTexts(place.existing.folder, prints);
  const kept = basesOf(left, path => inGit.get(files.get(path)?.fingerprint ?? ''), 'exact');
  const others = left.filter(path => files.has(path) && !kept.has(path));
  return new Map([...made, ...kept, ...basesOf(others, byDisk, 'other')]);
}

function basesOf(
  paths: readonly string[],
  find: Texts,
  certainty: BaseText['certainty'],
): ReadonlyMap<string, BaseText> {
  return new Map(
    paths.flatMap((path): [string, BaseText][] => {
      const text = find(path);
      return text === undefined ? [] : [[path, { text, certainty }]];
    }),
  );
}

/** What this version makes of the recorded answers; nothing if it no longer takes them. */
function regenerated(place: Place, schemas: SchemaSource): Texts {
  const entries = once(() => {
    try {
      return new Map(recordedFiles(place, schemas).map(entry => [entry.path, entry]));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return new Map<string, FileEntry>();
    }
  });
  return path => {
    const entry = entries().get(path);
    return entry && rendered([entry])[0]?.text;
  };
}

function recordedFiles({ kind, existing }: Place, schemas: SchemaSource): readonly FileEntry[] {
  const load = schemas === 'manifest' ? loadAsRecorded : loadOnDisk;
  return connectorPlan(kind, resolveConnector(kind, load(kind, existing)).model).files;
}

/** A connector may be moved, so what stands in it is named by its place there, and a page elsewhere with a slash in front. */
export function nameOf(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : `/${path}`;
}

function pathOf(name: string, folder: string): string {
  return name.startsWith('/') ? name.slice(1) : `${folder}/${name}`;
}
