import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files that are written for a connector to read, where it runs. */
export interface Files {
  /** Writes one, and gives the path that the connector knows it by. */
  keep(name: string, text: string): string;
  /** Ends what of the connector runs there and isn't a child of this process. */
  stop(): void;
  /** Takes them away, and ends what still runs. */
  end(): void;
}

/** A temporary folder on this machine. */
export function localFiles(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'mage-connector-verify-'));
  return {
    keep: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    stop: () => undefined,
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
