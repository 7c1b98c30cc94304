import { readEvidence } from '../../src/refresh/read.ts';

const [format, megabytes] = process.argv.slice(2);

/** Records that are all different, as many as make so many megabytes. */
async function* chunks(): AsyncGenerator<Uint8Array> {
  const head = format === 'csv' ? 'id,uuid,name,at\n' : '';
  let id = 0;
  for (let bytes = 0; bytes < Number(megabytes) * 1e6; ) {
    const lines = Array.from({ length: 2000 }, () => {
      id++;
      const uuid = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
      const record = { id, uuid, name: `name ${id}`, at: new Date(id * 1000).toISOString() };
      return format === 'csv' ? Object.values(record).join(',') : JSON.stringify(record);
    });
    const chunk = Buffer.from(`${bytes === 0 ? head : ''}${lines.join('\n')}\n`);
    bytes += chunk.length;
    yield chunk;
  }
}

const { records, keys } = await readEvidence({ name: `x.${format}`, chunks: chunks() }, { stream: 'things' });
console.log(JSON.stringify({ records, keys: keys.length, megabytes: process.resourceUsage().maxRSS / 1024 }));
