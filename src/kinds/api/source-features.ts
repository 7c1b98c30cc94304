import type { RuntimeClass } from '../../python/compose/composition.ts';
import type { ApiModel } from './model.ts';

/** The features of `ApiSource` (python/source.py) that a connector needs. */
export function sourceFeatures({ uses, configuredEnd }: ApiModel): RuntimeClass[] {
  const {
    keyless,
    incremental,
    moments,
    counters,
    parents,
    childBookmarks,
    changedParents,
    checkpoints,
    windows,
    end,
    integers,
    dateTimes,
    listed,
  } = uses;
  const bookmarks = moments && counters ? 'MixedSource' : counters ? 'CounterSource' : 'MomentSource';
  return [
    ...when(keyless, 'columns', 'ColumnsSource'),
    ...when(integers || dateTimes !== 'none', 'typed', 'TypedSource'),
    ...when(incremental, 'incremental', bookmarks),
    ...when(end, 'end', configuredEnd ? 'ConfiguredEndSource' : 'EndSource'),
    ...when(checkpoints, 'checkpoints', windows ? 'WindowsSource' : 'CheckpointsSource'),
    ...when(parents, 'parents', 'ParentsSource'),
    ...when(listed, 'listed', 'ListedSource'),
    ...when(childBookmarks, 'child_bookmarks', windows ? 'ChildWindowsSource' : 'ChildBookmarksSource'),
    ...when(childBookmarks && changedParents, 'child_bookmarks', 'MixedChildSource'),
  ];
}

function when(needed: boolean, file: string, className: string): RuntimeClass[] {
  return needed ? [{ module: `kinds/api/python/sources/${file}.py`, class: className }] : [];
}
