/** A file of Yeoman's in-memory file system. */
export interface MemoryFile {
  /** Absolute. */
  readonly path: string;
  readonly contents: Buffer | null;
  readonly state?: 'modified' | 'deleted';
  /** What Yeoman's conflict resolution is to do with it, without asking. */
  conflicter?: 'force' | 'skip';
}

/** Yeoman's terminal, or what a test puts in its place. */
export interface Adapter {
  readonly log: Log;
  /** A questioner of the process's own terminal has these. */
  readonly actualAdapter?: Adapter;
  readonly stdin?: unknown;
  promptModule?: (...args: unknown[]) => Promise<unknown>;
  prompt(...args: unknown[]): Promise<unknown>;
  separator?(): unknown;
  queue(task: (adapter: Adapter) => unknown): Promise<unknown>;
}

/** The parts of Yeoman's log that are used here; each gives the log itself. */
export interface Log {
  (...args: unknown[]): unknown;
  info(message: string): unknown;
  create(path: string): unknown;
  write(text: string): unknown;
  conflict(...args: unknown[]): unknown;
  colored(...args: unknown[]): unknown;
  writeln(...args: unknown[]): unknown;
}

/** What a generator's environment has: its published type hides its file system and its adapter. */
export interface Environment {
  readonly cwd: string;
  readonly adapter: Adapter;
  conflicterOptions: { readonly force?: boolean; readonly bail?: boolean; readonly dryRun?: boolean };
  readonly sharedFs: {
    get(path: string): MemoryFile;
    all(): MemoryFile[];
    pipeline(options: { readonly filter: (file: MemoryFile) => boolean }, ...steps: unknown[]): Promise<void>;
  };
}

/** The environment of a generator. */
export function environmentOf({ env }: { readonly env: unknown }): Environment {
  return env as Environment;
}
