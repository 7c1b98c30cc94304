/** The layouts that Mage's connectors can have, in the order in which they are looked for; src/mage/ has one folder for each. */
export const LAYOUT_NAMES = ['core', 'image', 'project', 'installed', 'standalone'] as const;

export type LayoutName = (typeof LAYOUT_NAMES)[number];
