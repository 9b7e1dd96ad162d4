import { randomBytes } from 'node:crypto';
import { DAY } from '../../core/clock.ts';
import type { Access } from '../graph/access.ts';
import { tokenOf } from '../graph/access.ts';
import { badParameter, GraphRefusal } from '../graph/answers.ts';
import { answerCall, parametersOf } from '../graph/frame.ts';
import type { SimulatorApp } from '../kit/serve.ts';
import { simulatedUser } from './routes.ts';
import type { FacebookState } from './state.ts';

/** App whose id and secret look at tokens. */
export const APP_ID = '900000000000001';

/** `/debug_token` and `/oauth/access_token`. Source: Facebook Login, "Access tokens" and "Debug token". */
export function addTokenRoutes(app: SimulatorApp, state: FacebookState, access: Access): void {
  app.get('/:version{v[0-9]+\\.[0-9]+}/debug_token', (c) =>
    answerCall(c, async () => {
      const parameters = await parametersOf(c);
      if (tokenOf(c, parameters) !== `${APP_ID}|${access.appSecret}`) {
        throw new GraphRefusal({ message: '(#100) You must provide an app access token', code: 100 });
      }
      return { data: describe(state, parameters.get('input_token') ?? '') };
    }),
  );
  app.get('/:version{v[0-9]+\\.[0-9]+}/oauth/access_token', (c) =>
    answerCall(c, async () => {
      const parameters = await parametersOf(c);
      const isOurs =
        parameters.get('client_id') === APP_ID && parameters.get('client_secret') === access.appSecret;
      if (!isOurs) throw new GraphRefusal({ message: 'Error validating client secret.', code: 1 });
      if (parameters.get('grant_type') !== 'fb_exchange_token')
        throw badParameter('grant_type must be fb_exchange_token');
      const owner = state.switches.tokens.get(parameters.get('fb_exchange_token') ?? '');
      if (!owner) throw new GraphRefusal({ message: 'Invalid OAuth access token.', code: 190 });
      const fresh = `SIM-FACEBOOK-${randomBytes(12).toString('hex')}`;
      state.switches.tokens.set(fresh, owner);
      return { access_token: fresh, token_type: 'bearer', expires_in: (60 * DAY) / 1_000 };
    }),
  );
}

function describe({ switches, account }: FacebookState, token: string): object {
  const owner = switches.tokens.get(token);
  if (!owner || switches.revoked !== null) {
    const error = { code: 190, message: 'Invalid OAuth access token', subcode: switches.revoked ?? 467 };
    return { app_id: APP_ID, is_valid: false, scopes: [], error };
  }
  return {
    app_id: APP_ID,
    type: owner === 'account' ? 'PAGE' : 'USER',
    application: 'Tanggap (simulasi)',
    expires_at: switches.expiresAt ? Math.floor(switches.expiresAt.getTime() / 1_000) : 0,
    data_access_expires_at: 0,
    is_valid: true,
    scopes: switches.scopes,
    granular_scopes: switches.scopes.map((scope) => ({ scope, target_ids: [account.id] })),
    user_id: simulatedUser.id,
    ...(owner === 'account' && { profile_id: account.id }),
  };
}
