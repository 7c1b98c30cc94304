import { relative } from 'node:path';
import type { FileOutcome, Outcome, Report } from '../changes/run.ts';
import { layoutOf } from '../mage/registry.ts';
import { configurationLines, type KeyOrigin } from './configuration.ts';
import type { ConnectorModel } from './model.ts';
import type { TryIt } from './try-it.ts';

export interface RunReport {
  readonly model: ConnectorModel;
  readonly configuration: readonly KeyOrigin[];
  readonly files: readonly FileOutcome[];
  readonly notes: readonly string[];
  readonly dryRun: boolean;
  /** What to do next. */
  readonly next: TryIt;
}

export function connectorReport(run: RunReport): Report {
  return { text: textReport(run), json: jsonReport(run), isAnswer: false };
}

/** A connector that was taken out. */
export interface RemovalReport {
  readonly model: ConnectorModel;
  readonly files: readonly FileOutcome[];
  readonly dryRun: boolean;
  /** What isn't ours and stays in its folder, absolute. */
  readonly left: readonly string[];
}

export function removalReport({ model, files, dryRun, left }: RemovalReport): Report {
  const { root, kind } = model.layout;
  const removed = files.filter(({ outcome }) => outcome === 'removed').length;
  const updated = files.filter(({ outcome }) => outcome === 'updated').map(({ path }) => relative(root, path));
  const stays = left.map(path => relative(root, path));
  const lines = [
    '',
    `${dryRun ? `Dry run: ${model.name} would be taken` : `${model.name} is taken`} out of ${model.folder} (layout: ${kind}, in ${root}): ${removed} file${removed === 1 ? '' : 's'} removed${updated.length > 0 ? `, its entries taken out of ${updated.join(', ')}` : ''}.`,
    ...(model.pythonPackages.length > 0 ? ['', 'Requirements stay, since other sources may need them.'] : []),
    ...(stays.length > 0 ? ['', 'Not of this generator, and left:', ...stays.map(path => `  ${path}`)] : []),
    '',
  ];
  return {
    text: lines.join('\n'),
    json: {
      connector: { name: model.name, uuid: model.uuid, folder: model.folder },
      layout: { kind, root },
      dryRun,
      files: files.map(({ path, outcome }) => ({ path: relative(root, path), outcome })),
      left: stays,
    },
    isAnswer: false,
  };
}

/** The report for scripts: paths are relative to `layout.root`. */
function jsonReport({ model, configuration, files, notes, dryRun, next }: RunReport): object {
  const { root, kind } = model.layout;
  return {
    connector: { kind: model.kind, name: model.name, uuid: model.uuid, class: model.className, folder: model.folder },
    layout: { kind, root },
    dryRun,
    files: files.map(({ path, outcome, lacks }) => ({ path: relative(root, path), outcome, ...(lacks && { lacks }) })),
    configuration: configuration.map(({ key: { name, required, secret, default: standard }, answer }) => ({
      name,
      required,
      secret,
      ...(standard !== undefined && { default: standard }),
      answer,
    })),
    notes,
    next,
  };
}

/** The report for people: what was written, what to know, and the exact next commands. */
function textReport(run: RunReport): string {
  const { model, files, notes, dryRun, next } = run;
  const count = (outcome: Outcome) => files.filter(file => file.outcome === outcome).length;
  const changed = count('created') + count('updated') + count('removed');
  const skipped = count('skipped');
  const { folder, verify, tests, hasHole } = next;
  const place = `${model.folder} (layout: ${model.layout.kind}, in ${model.layout.root})`;
  const written = `${count('created')} created, ${count('updated')} updated${count('removed') ? `, ${count('removed')} removed` : ''}`;
  const summary = dryRun
    ? `Dry run: ${changed} file${changed === 1 ? '' : 's'} would change for ${place}. Nothing was.`
    : changed === 0 && skipped === 0
      ? `${model.name} is up to date in ${place}: nothing had to be written.`
      : skipped > 0
        ? `${model.name} is not complete in ${place}: ${written}, ${skipped} left as they were:`
        : `${model.name} is ready in ${place}: ${written}.`;
  return [
    '',
    summary,
    ...leftFiles(run),
    ...(notes.length > 0 ? ['', 'Worth a look:', ...notes.map(note => `  - ${note}`)] : []),
    ...(dryRun || skipped > 0 || changed === 0
      ? []
      : [
          ...configured(run),
          '',
          'Fill in a copy of its configuration, and see whether it works, with all that Mage does:',
          '',
          ...verify.map(command => `  ${command}`),
          ...(tests === undefined || hasHole
            ? []
            : [
                '',
                `Its tests need neither an account nor a network, in ${folder === '.' ? model.layout.root : `${model.layout.root}/${folder}`}:`,
                '',
                `  ${tests}`,
              ]),
          '',
          `To see it in Mage: ${layoutOf(model.layout.kind).toSee}`,
        ]),
    '',
  ].join('\n');
}

/** What is to be filled in, and which answer made it. */
function configured({ configuration, model }: RunReport): string[] {
  if (configuration.length === 0) return [];
  return [
    '',
    `What is configured, in a copy of ${model.folder}/templates/config.json, and which answer made it:`,
    '',
    ...configurationLines(configuration, process.stderr.columns),
  ];
}

/** What the user has left as it was, and how it can be had after all. */
function leftFiles({ model, files }: RunReport): string[] {
  const left = files.filter(({ outcome }) => outcome === 'skipped');
  if (left.length === 0) return [];
  const lines = left.map(({ path, lacks }) => `  ${relative(model.layout.root, path)} lacks ${lacks}`);
  return [...lines, 'The others build on these. The same run asks again, and --force overwrites them.'];
}
