import { type AddressInfo, connect, createServer } from 'node:net';

/** A way to a server that breaks off after so many bytes of its answers, as if the server had been stopped. */
export async function cutAfter(
  bytes: number,
  server: { readonly host: string; readonly port: number },
): Promise<{ readonly host: string; readonly port: number; stop(): void }> {
  const proxy = createServer(client => {
    const upstream = connect(server.port, server.host);
    let left = bytes;
    upstream.on('data', data => {
      left -= data.length;
      if (left > 0) return client.write(data);
      upstream.destroy();
      client.destroy();
    });
    client.on('data', data => upstream.write(data));
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  await new Promise<void>(listening => proxy.listen(0, '127.0.0.1', listening));
  return { host: '127.0.0.1', port: (proxy.address() as AddressInfo).port, stop: () => proxy.close() };
}
