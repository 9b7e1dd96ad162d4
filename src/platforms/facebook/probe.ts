import { type Clock, DAY } from '../../core/clock.ts';
import { ChannelBrokenError } from '../../core/errors.ts';
import type { Probe } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import { readObject } from '../graph/listing.ts';
import type { OwnPage } from './found.ts';
import { DebugToken, FacebookMe } from './schema.ts';

export interface ProbeDeps {
  readonly client: GraphClient;
  /** Speaks with the app's own token; null where app id or secret are not set. */
  readonly appClient: GraphClient | null;
  readonly accessToken: string;
  readonly page: OwnPage;
  readonly clock: Clock;
}

/** Source: Pages API, "Permissions": read our content, read what the public wrote, write as the Page. */
const NEEDED_SCOPES = ['pages_read_engagement', 'pages_read_user_content', 'pages_manage_engagement'];
const EXPIRY_WARNING_MS = 14 * DAY;

/**
 * Whether this is the Page's own token. A person's token passes everywhere, but the comments edge answers it with an empty
 * list, so that complaints would be missed in silence.
 * @throws {ChannelBrokenError} when the token is not this Page's
 */
export async function probeFacebook(deps: ProbeDeps, signal: AbortSignal): Promise<Probe> {
  const { body } = await deps.client.get(['me'], { fields: 'id,name' }, signal);
  const me = readObject(FacebookMe, body);
  if (me.id !== deps.page.id) throw notThePage(`${me.name} (${me.id}) ≠ ${deps.page.id}`);
  const account = { id: me.id, name: me.name };
  if (!deps.appClient) {
    const warning =
      'Tanpa FACEBOOK_APP_ID dan FACEBOOK_APP_SECRET, izin dan masa berlaku token tidak dapat diperiksa. / Without app id and secret, the token’s permissions and expiry cannot be checked.';
    return { account, expiresAt: null, warnings: [warning] };
  }
  return { account, ...(await askDebugToken(deps, deps.appClient, signal)) };
}

async function askDebugToken(
  { accessToken, clock }: ProbeDeps,
  appClient: GraphClient,
  signal: AbortSignal,
): Promise<Pick<Probe, 'expiresAt' | 'warnings'>> {
  // The one call that must name a token in its address: Meta offers no other form.
  const { body } = await appClient.get(['debug_token'], { input_token: accessToken }, signal);
  const { data } = readObject(DebugToken, body);
  if (!data.is_valid) {
    throw new ChannelBrokenError(
      'the platform calls the token invalid',
      'token',
      data.error?.message ?? 'is_valid: false',
    );
  }
  if (data.type !== undefined && data.type !== 'PAGE') throw notThePage(`type ${data.type}`);
  const expiresAt = earliest([data.expires_at, data.data_access_expires_at]);
  const missing = NEEDED_SCOPES.filter((scope) => !data.scopes.includes(scope));
  const warnings = [
    ...(missing.length > 0
      ? [`Izin belum diberikan: ${missing.join(', ')}. / Permissions not granted.`]
      : []),
    ...(expiresAt && expiresAt.getTime() - clock.now().getTime() < EXPIRY_WARNING_MS
      ? [`Token habis pada ${expiresAt.toISOString().slice(0, 10)}. / The token expires then.`]
      : []),
  ];
  return { expiresAt, warnings };
}

function notThePage(words: string): ChannelBrokenError {
  return new ChannelBrokenError(
    'a person’s token in place of the Page’s: comments would come back empty',
    'token',
    words,
  );
}

/** @param seconds Unix seconds, 0 for never */
function earliest(seconds: readonly number[]): Date | null {
  const named = seconds.filter((second) => second > 0);
  return named.length === 0 ? null : new Date(Math.min(...named) * 1_000);
}
