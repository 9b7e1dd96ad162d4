import { randomBytes } from 'node:crypto';
import { DAY } from '../../core/clock.ts';
import { newSwitches, tokenOf } from '../graph/access.ts';
import { badParameter, GraphRefusal } from '../graph/answers.ts';
import { directRoutes } from '../graph/directs.ts';
import { addGraphRoutes, answerCall, parametersOf } from '../graph/frame.ts';
import { type GraphSimulator, type GraphSimulatorOptions, startGraphSimulator } from '../graph/start.ts';
import type { SimulatorApp } from '../kit/serve.ts';
import { entryOf } from './events.ts';
import { instagramRoutes } from './routes.ts';
import type { InstagramSwitches } from './state.ts';

const TOKEN = 'SIM-INSTAGRAM-TOKEN';
const ACCOUNT = { id: '17841400000000001', name: 'pemkab.kra.sim' };

/** A local Instagram (Graph API v26.0, Instagram Login) with one professional account. */
export function startInstagramSimulator(
  options: GraphSimulatorOptions,
): Promise<GraphSimulator<InstagramSwitches>> {
  const { account = ACCOUNT } = options;
  return startGraphSimulator(options, {
    platform: 'instagram',
    account,
    token: TOKEN,
    appSecret: 'sim-instagram-app-secret',
    switches: { ...newSwitches(TOKEN), countsReplies: true },
    posts: {
      // Ids are unique over all accounts, as on the platform.
      newId: (seq, top) => `${top ? '179' : '180'}${account.id.slice(-4)}${String(seq).padStart(10, '0')}`,
      kindOf: (post) => (post.asVisitor ? 'tagged' : 'comment'),
      firstPostText:
        'Punya saran, keluhan, atau pertanyaan soal layanan Pemkab? Tulis di sini nggih, sertakan lokasi.',
    },
    page: {
      title: 'Instagram',
      hint: 'Warga berkomentar di bawah kiriman akun resmi; tanpa pilihan lain, di bawah kiriman terbaru.',
      visitorLabel: 'kiriman sendiri yang menandai akun resmi (tag)',
    },
    access: { usageType: 'instagram', throttleCode: 80_002 },
    webhook: { object: 'instagram', entry: (post, verb, now) => entryOf(account, post, verb, now) },
    routes: (app, state, access) => {
      addRefreshRoute(app, state.switches);
      addGraphRoutes(app, access, [...directRoutes(state), ...instagramRoutes(state)]);
    },
  });
}

/** `GET /refresh_access_token`: a fresh token for 60 days; the old one works on. Without a version, as documented. */
function addRefreshRoute(app: SimulatorApp, switches: InstagramSwitches): void {
  app.get('/refresh_access_token', (c) =>
    answerCall(c, async () => {
      const parameters = await parametersOf(c);
      if (parameters.get('grant_type') !== 'ig_refresh_token')
        throw badParameter('grant_type must be ig_refresh_token');
      const token = tokenOf(c, parameters);
      if (token === null || !switches.tokens.has(token) || switches.revoked !== null) {
        throw new GraphRefusal({ message: 'Invalid OAuth access token.', code: 190 });
      }
      const fresh = `SIM-INSTAGRAM-${randomBytes(12).toString('hex')}`;
      switches.tokens.set(fresh, 'account');
      return { access_token: fresh, token_type: 'bearer', expires_in: (60 * DAY) / 1_000 };
    }),
  );
}
