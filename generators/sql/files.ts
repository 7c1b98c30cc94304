import { join } from 'node:path';
import type { FileEntry } from '../common/plan.ts';
import type { SqlModel } from './model.ts';

/** An SQL connector's code is one module in every layout, so it runs as a script from wherever it stands. */
export function sqlFiles(model: SqlModel, templates: string): FileEntry[] {
  return [{ path: '__init__.py', content: { template: join(templates, '__init__.py.ejs'), data: model } }];
}
