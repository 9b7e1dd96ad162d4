import type { Clock } from '../../core/clock.ts';
import { Faults } from '../kit/faults.ts';
import { Ledger } from '../kit/ledger.ts';
import { serveSimulator } from '../kit/serve.ts';
import { addSimPage } from '../kit/sim-page.ts';
import type { NewPost, SimulatedPost, Simulator } from '../simulator.ts';
import { tooManyRequests } from './bodies.ts';
import { type Limits, publishedLimits, rateHeaders, rateWindows } from './limits.ts';
import { newestVersion, type XPost } from './posts.ts';
import { addRoutes } from './routes.ts';
import { XState } from './state.ts';
import { openTokens } from './tokens.ts';

export interface XSimulatorOptions {
  /** Where posts, tokens and the ledger are kept. */
  readonly dir: string;
  readonly clock: Clock;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** `name` is the handle without @. */
  readonly account?: { readonly id: string; readonly name: string };
  /** The user-context access token that works at first. */
  readonly token?: string;
  /** Requests per window that differ from the published ones. */
  readonly limits?: Partial<Limits>;
  /** X has two vocabularies since August 2026; `tweet` is what its clients read. */
  readonly names?: 'tweet' | 'post';
  /** X delivers nothing by itself; the demo hears of what people do on its page. */
  readonly onChange?: () => void;
}

export interface XSimulator extends Simulator {
  /** App-only bearer: reads, but may not write. */
  readonly appToken: string;
  /** The refresh token that works now; each use replaces it. */
  refreshToken(): string;
  /** All tokens die: everything answers 401 until restart. */
  revokeTokens(): void;
  /** A protected author's posts can no longer be read. */
  protect(author: string, isProtected: boolean): void;
}

const defaultAccount = { id: '1727000000000000001', name: 'aduankra_sim' };

/** The simulated X. Contract: readme.md beside this file. */
export async function startXSimulator(options: XSimulatorOptions): Promise<XSimulator> {
  const { dir, clock, account = defaultAccount, token = 'sim-x-user-token' } = options;
  const appToken = 'sim-x-app-token';
  const state = new XState(dir, account, clock);
  const tokens = openTokens(dir, { user: token, app: appToken, refresh: 'sim-x-refresh-token' }, clock);
  const faults = new Faults(clock);
  const ledger = new Ledger(dir);

  const write = (author: string, byOffice: boolean, post: Omit<NewPost, 'author'>): SimulatedPost =>
    simulated(
      state.write({
        author: author.replace(/^@/, ''),
        byOffice,
        text: post.text.normalize('NFC'),
        at: post.at ?? clock.now(),
        parentId: post.parentNativeId ?? null,
        quotedId: post.quotedNativeId ?? null,
        media: [...(post.media ?? [])],
      }),
    );
  const people = {
    platform: 'x',
    account,
    faults,
    write: (post: NewPost) => write(post.author, false, post),
    writeAsOffice: (post: Omit<NewPost, 'author'>) => write(account.name, true, post),
    edit: (id: string, text: string) => state.edit(id, text.normalize('NFC')),
    delete: (id: string) => state.delete(id),
    posts: () =>
      state.everything
        .all()
        .map(simulated)
        .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.nativeId < b.nativeId ? -1 : 1)),
  } as const;

  const server = await serveSimulator({
    clock,
    faults,
    ledger,
    ...(options.port !== undefined && { port: options.port }),
    routes: (app) =>
      addRoutes(app, {
        state,
        clock,
        tokens,
        lagMs: () => faults.lagMs,
        count: rateWindows(clock, { ...publishedLimits, ...options.limits }),
        names: options.names ?? 'tweet',
      }),
    page: (app) =>
      addSimPage(app, {
        clock,
        simulator: people,
        title: 'X',
        hint: `Sebut @${account.name} di dalam pesan supaya sampai ke kantor. Balasan untuk kiriman kantor selalu sampai.`,
        prefill: `@${account.name} `,
        ...(options.onChange && { onChange: options.onChange }),
      }),
    unknown: () => new Response(null, { status: 404 }),
    rateLimited: (_, until) =>
      new Response(JSON.stringify(tooManyRequests.body), {
        status: 429,
        headers: {
          'content-type': 'application/problem+json; charset=utf-8',
          ...rateHeaders({ limit: 300, remaining: 0, resetAt: until }),
        },
      }),
  });

  return {
    ...people,
    ledger,
    token,
    appToken,
    baseUrl: server.baseUrl,
    // X lets nobody hide another's post from its author's own page; a hidden reply stays readable by the API.
    hide() {},
    refreshToken: tokens.currentRefresh,
    revokeTokens: () => tokens.revoke(),
    protect: (author, isProtected) => state.protect(author.replace(/^@/, ''), isProtected),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      state.close();
      tokens.close();
      ledger.close();
    },
  };
}

/** The id shown is that of the first version, which stays when the post is edited. */
function simulated(post: XPost): SimulatedPost {
  const { id: nativeId, at } = post.versions[0];
  return {
    nativeId,
    author: post.author,
    byOffice: post.byOffice,
    text: newestVersion(post).text,
    at,
    parentNativeId: post.parentId,
    quotedNativeId: post.quotedId,
    deleted: post.deleted,
    hidden: false,
    earlierTexts: post.versions.slice(0, -1).map((version) => version.text),
  };
}
