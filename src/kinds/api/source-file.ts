import type { Composition } from '../../python/compose/composition.ts';
import type { ApiModel } from './model.ts';
import { sourceFeatures } from './source-features.ts';

/** What Mage calls of a source, where it differs from Mage's own. */
const CALLED_BY_MAGE = [
  ...['build_catalog_entry', 'load_data', 'test_connection'],
  ...[
    'get_forced_replication_method',
    'get_valid_replication_keys',
    'write_records',
    'sync',
    'load_schemas_from_folder',
  ],
];

/** The main module of a connector: the source that Mage runs. */
export function sourceComposition(model: ApiModel): Composition {
  const { name, description, className, importRoot } = model;
  return {
    module: 'kinds/api/python/source.py',
    docstring: `${name}: ${description}`,
    classes: [{ name: 'ApiSource', as: className, features: sourceFeatures(model) }],
    rename: { ApiClient: `${className}Client` },
    modules: {
      'kinds.api.python.client': `${importRoot}.client`,
      'kinds.api.python.registry': `${importRoot}.streams`,
      'kinds.api.python.streams.listed': `${importRoot}.streams.base`,
    },
    imports: {},
    values: {},
    roots: [],
    uses: CALLED_BY_MAGE,
  };
}
