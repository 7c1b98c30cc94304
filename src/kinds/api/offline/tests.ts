import type { FileEntry } from '../../../changes/plan.ts';
import type { Composition, RenamedClass, RuntimeClass } from '../../../python/compose/composition.ts';
import { authOffline } from '../auth/offline.ts';
import { encoderRoots } from '../formats/own.ts';
import type { ApiModel } from '../model.ts';
import { apiFeatures, pageMethods } from './api-features.ts';
import { defaultsOf, testConfig, testedScheme } from './config.ts';
import type { OfflineFeature } from './features.ts';
import { testFeatures, testNames } from './test-features.ts';

/** The tests that come with an API connector, relative to the folder that its layout has for tests. */
export function apiTests(model: ApiModel): FileEntry[] {
  return [
    { path: '__init__.py', content: { text: '' } },
    { path: `test_${model.uuid}.py`, content: { python: testsComposition(model) } },
  ];
}

function testsComposition(model: ApiModel): Composition {
  const { name, className, importRoot, pagination, streams } = model;
  const scheme = testedScheme(model);
  const config = testConfig(model, scheme);
  const login = authOffline(model, scheme, { ...defaultsOf(model), ...config });
  const hasPages = streams.some(stream => (stream.pagination ?? pagination).hasPages);
  const tests = testFeatures(model, login);
  const api = apiFeatures(model, login, hasPages);
  return {
    module: 'kinds/api/python/offline/base.py',
    docstring: `${name}: offline tests, which need neither an account nor a network.`,
    classes: [
      { name: 'OfflineTest', as: `${className}Test`, features: tests.map(taken) },
      { name: 'FakeApi', as: 'FakeApi', features: api.map(taken) },
    ],
    rename: { ApiSource: className },
    modules: { 'kinds.api.python.source': importRoot, 'kinds.api.python.registry': `${importRoot}.streams` },
    imports: {},
    values: { CONFIG: config, ...Object.assign({}, ...[...tests, ...api].map(({ values }) => values)) },
    // A session calls its adapter's send.
    roots: ['send', ...testNames(model, hasPages), ...login.roots, ...pageMethods(model), ...encoderRoots(model)],
    uses: [],
  };
}

/** A feature of which nothing has another name is taken as it is, together with what derives from the same classes. */
function taken({ module, class: name, rename }: OfflineFeature): RuntimeClass | RenamedClass {
  return Object.keys(rename).length > 0 ? { module, class: name, rename } : { module, class: name };
}
