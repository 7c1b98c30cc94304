import type { Finding, Step } from './finding.ts';
import type { Framework } from './framework.ts';

/** A connector that is to be run, and how. */
export interface VerifyJob {
  /** Absolute. */
  readonly folder: string;
  readonly framework: Framework;
  /** The path of the configuration; undefined for an empty one. */
  readonly config: string | undefined;
  readonly configText: string;
  /** The streams to read; undefined for all. */
  readonly streams: readonly string[] | undefined;
  readonly limit: number | undefined;
  readonly isSql: boolean;
  /** Says how far it is, by lines that are asked for again while it works. */
  readonly show: (lines: () => readonly string[]) => void;
}

/** What became of one stream. */
export interface VerifiedStream {
  readonly name: string;
  readonly method: string;
  readonly records: number;
  /** How many responses it got over HTTP in the first run. */
  readonly requests: number;
  /** What the second run read; undefined where there was none. */
  readonly again: number | undefined;
  /** What the database counts; undefined where it wasn't asked. */
  readonly counted: number | undefined;
  /** The first records. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** A step that has ended. */
export interface EndedStep {
  readonly step: Step;
  readonly seconds: number;
  readonly ok: boolean;
}

export interface Verified {
  readonly steps: readonly EndedStep[];
  readonly streams: readonly VerifiedStream[];
  readonly findings: readonly Finding[];
}
