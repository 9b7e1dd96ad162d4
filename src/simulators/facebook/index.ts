import { newSwitches } from '../graph/access.ts';
import { directRoutes } from '../graph/directs.ts';
import { addGraphRoutes } from '../graph/frame.ts';
import { lastSegment } from '../graph/posts.ts';
import { type GraphSimulator, type GraphSimulatorOptions, startGraphSimulator } from '../graph/start.ts';
import { entryOf } from './events.ts';
import { facebookRoutes } from './routes.ts';
import type { FacebookSwitches } from './state.ts';
import { APP_ID, addTokenRoutes } from './tokens.ts';

const TOKEN = 'SIM-FACEBOOK-PAGE-TOKEN';
const USER_TOKEN = 'SIM-FACEBOOK-USER-TOKEN';
const ACCOUNT = { id: '100000000000101', name: 'Pemkab Karanganyar (sim)' };
const SCOPES = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_manage_engagement',
];

export interface FacebookSimulator extends GraphSimulator<FacebookSwitches> {
  readonly appId: string;
  /** A person's token: it is let in, and sees no comments. */
  readonly userToken: string;
}

/** A local Facebook (Graph API v26.0) with one Page. */
export async function startFacebookSimulator(options: GraphSimulatorOptions): Promise<FacebookSimulator> {
  const account = options.account ?? ACCOUNT;
  const switches: FacebookSwitches = {
    ...newSwitches(TOKEN),
    withoutFrom: false,
    rankedFeed: true,
    expiresAt: null,
    scopes: SCOPES,
  };
  switches.tokens.set(USER_TOKEN, 'user');
  const simulator = await startGraphSimulator<FacebookSwitches>(options, {
    platform: 'facebook',
    account,
    token: TOKEN,
    appSecret: 'sim-facebook-app-secret',
    switches,
    posts: {
      newId: (seq, top) => `${top ? lastSegment(top.id) : account.id}_${1_220_000_000_000_000 + seq}`,
      kindOf: ({ asVisitor, text }) => {
        if (asVisitor) return 'visitor';
        return text.includes(`@${account.name}`) ? 'tagged' : 'comment';
      },
      firstPostText:
        'Ada keluhan layanan publik di Karanganyar? Tulis di kolom komentar, sertakan lokasi dan waktunya.',
    },
    page: {
      title: 'Facebook',
      hint: `Warga berkomentar di bawah kiriman Halaman (tanpa pilihan lain: kiriman terbaru), menulis di dinding, atau menyebut @${account.name}.`,
      visitorLabel: 'tulis di dinding Halaman (kiriman pengunjung)',
    },
    access: { usageType: 'pages', throttleCode: 80_001 },
    webhook: { object: 'page', entry: (post, verb, now) => entryOf(account, post, verb, now) },
    routes: (app, state, access) => {
      addTokenRoutes(app, state, access);
      addGraphRoutes(app, access, [...directRoutes(state), ...facebookRoutes(state)]);
    },
  });
  return { ...simulator, appId: APP_ID, userToken: USER_TOKEN };
}
