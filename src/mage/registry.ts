import type { LayoutName } from '../base/layout-names.ts';
import { core } from './core/core.ts';
import { image } from './image/image.ts';
import { installed } from './installed/installed.ts';
import type { LayoutDescriptor } from './layout.ts';
import { project } from './project/project.ts';
import { standalone } from './standalone/standalone.ts';

const layouts: Readonly<Record<LayoutName, LayoutDescriptor>> = { core, image, project, installed, standalone };

/** What a layout is, by its name. */
export function layoutOf(name: LayoutName): LayoutDescriptor {
  return layouts[name];
}
