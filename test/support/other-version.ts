import { rendered } from '../../src/changes/plan.ts';
import type { AnyKind } from '../../src/connector/kind.ts';

/** A kind as another version of the generator would have it: `change` gives the text that this one would write of a file. */
export function otherVersion(kind: AnyKind, change: (text: string, path: string) => string): AnyKind {
  return {
    ...kind,
    files: model =>
      kind.files(model).map(entry => {
        if ('json' in entry.content) return entry;
        const text = rendered([entry])[0]?.text ?? '';
        return { ...entry, content: { text: change(text, entry.path) } };
      }),
  };
}
