import { lookup } from 'node:dns/promises';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import axios from 'axios';
import { SECOND } from '../core/clock.ts';
import { PermanentError, TransientError } from '../core/errors.ts';
import type { MediaFile } from './connector.ts';

interface MediaSource {
  /** The platform's own delivery hosts: `pbs.twimg.com`, or `.fbcdn.net` for every host under it. */
  readonly hosts: readonly string[];
  /** Demo and tests only: the simulator's origin counts as such a host. */
  readonly simulator?: URL | undefined;
  /** Sent along, for hosts that ask who we are. */
  readonly token?: string;
}

const mostBytes = 10 * 1024 * 1024;
const timeoutMs = 15 * SECOND;
/** What a browser shows as a picture and nothing else: no SVG, which may hold scripts. */
const types = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/**
 * Fetches a picture from one of the platform's delivery hosts: https, no redirects, no address inside a network, at most
 * 10 MB. Links in messages are written by strangers, so nothing else is ever called.
 * @throws {PermanentError} when it may not be fetched or is no picture @throws {TransientError} when it did not come
 */
export async function fetchMedia(link: string, source: MediaSource, signal: AbortSignal): Promise<MediaFile> {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !mayFetch(url, source)) throw new PermanentError('no delivery host of the platform');
  const isSimulator = url.origin === source.simulator?.origin;
  const answer = await axios
    .get<ArrayBuffer>(url.href, {
      responseType: 'arraybuffer',
      maxContentLength: mostBytes,
      maxRedirects: 0,
      proxy: false,
      timeout: timeoutMs,
      signal,
      validateStatus: () => true,
      ...(!isSimulator && { httpsAgent: new https.Agent({ lookup: publicOnly }) }),
      ...(source.token !== undefined && { headers: { Authorization: `Bearer ${source.token}` } }),
    })
    .catch(() => {
      // Without the cause: it holds the request and its token.
      throw new TransientError('the picture did not come');
    });
  if (answer.status >= 500) throw new TransientError(`HTTP ${answer.status}`);
  const type =
    String(answer.headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? '';
  if (answer.status !== 200 || !types.includes(type)) throw new PermanentError('gone, or no picture');
  return { type, bytes: new Uint8Array(answer.data) };
}

function mayFetch(url: URL, { hosts, simulator }: MediaSource): boolean {
  if (simulator && url.origin === simulator.origin) return true;
  const isKnown = hosts.some((host) =>
    host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host,
  );
  return url.protocol === 'https:' && url.port === '' && url.username === '' && isKnown;
}

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');

/** Only IPv4, and none inside a network: a name that points inwards is refused at the very moment of connecting. */
const publicOnly: NonNullable<https.AgentOptions['lookup']> = (hostname, _options, done) => {
  const found =
    isIP(hostname) === 0 ? lookup(hostname, { family: 4 }) : Promise.resolve({ address: hostname });
  found.then(
    ({ address }) => {
      if (isIP(address) !== 4 || inside.check(address)) done(new Error('an address inside a network'), '', 4);
      else done(null, [{ address, family: 4 }]);
    },
    (error: NodeJS.ErrnoException) => done(error, '', 4),
  );
};
