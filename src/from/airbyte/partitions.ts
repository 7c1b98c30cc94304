import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { given } from './manifest.ts';
import { fieldOf, inBody, shown } from './pagination.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { accessIn, configKey, partition } from './template.ts';

/** The streams and lists by whose items a stream is asked for. `nameOf` gives a stream's name as answers have it. */
export function partitionsPart(retriever: Node, nameOf: (name: string) => string | undefined): Part {
  const router = own(retriever, 'partition_router');
  const routers = (Array.isArray(router) ? router : [router]).filter(isMapping);
  const lists = routers.filter(each => own(each, 'type') === 'ListPartitionRouter');
  if (lists.length > 1) return lost('it is asked for by the items of several lists', 'the answer for_each');
  const found = together(routers.map(each => routed(each, nameOf)));
  const { parents, ...answers } = found.answers;
  const all = list(parents);
  return {
    answers: { ...answers, ...(all.length === 1 ? { parent: all[0] } : all.length > 1 && { parents: all }) },
    losses: found.losses,
  };
}

function routed(router: Node, nameOf: (name: string) => string | undefined): Part {
  const type = own(router, 'type');
  if (type === 'SubstreamPartitionRouter')
    return together(
      list(own(router, 'parent_stream_configs')).map(each => parentPart(isMapping(each) ? each : {}, nameOf)),
    );
  if (type === 'ListPartitionRouter') return listPart(router);
  return lost(`what it is asked for by is ${type ?? own(router, 'class_name')}`, 'the answers parent or for_each');
}

function parentPart(config: Node, nameOf: (name: string) => string | undefined): Part {
  const parent = own(config, 'stream');
  const name = isMapping(parent) ? nameOf(String(given(parent, 'name') ?? '')) : undefined;
  const key = own(config, 'parent_key');
  const field = own(config, 'partition_field');
  if (name === undefined)
    return lost('its parent is no stream of the manifest', 'a stream for it, and the answer parent');
  if (typeof key !== 'string' || typeof field !== 'string' || /[.*{]/.test(key))
    return lost(`it takes ${shown(key)} of ${name}`, 'a column for it, and the answer parent');
  const as = partition(field);
  return together([
    { answers: { parents: [{ stream: name, field: key, as }] }, losses: [] },
    optionPart(own(config, 'request_option'), as),
    own(config, 'lazy_read_pointer')
      ? lost('its parent has the records inside of its own', 'the answer records_path of the parent')
      : NOTHING,
  ]);
}

function listPart(router: Node): Part {
  const field = own(router, 'cursor_field');
  const values = own(router, 'values');
  if (typeof field !== 'string') return lost('the items of its list have no name', 'the answer for_each');
  const as = partition(field);
  const key = accessIn(values);
  const isList =
    Array.isArray(values) &&
    values.every(value => ['string', 'number'].includes(typeof value) && !String(value).includes('{{'));
  if (!isList && key?.root !== 'config')
    return lost(`it is asked for by each of ${shown(values)}`, 'the answer for_each');
  return together([
    { answers: { for_each: isList ? { items: values, as } : { config: configKey(key?.steps ?? []), as } }, losses: [] },
    optionPart(own(router, 'request_option'), as),
  ]);
}

function optionPart(option: unknown, as: string): Part {
  if (!isMapping(option)) return NOTHING;
  const name = fieldOf(option);
  if (name === undefined)
    return lost(`{${as}} goes to ${shown(own(option, 'inject_into'))}`, 'the answers path, params or headers');
  return { answers: { params: { [name]: `{${as}}` }, ...(inBody(option) && { params_in: 'body' }) }, losses: [] };
}
