import { type Clock, MINUTE } from '../../core/clock.ts';
import { Faults } from '../kit/faults.ts';
import { Ledger } from '../kit/ledger.ts';
import { type SimulatorApp, type SimulatorContext, serveSimulator } from '../kit/serve.ts';
import { addSimPage } from '../kit/sim-page.ts';
import type { SimPageOptions, SimSwitch } from '../kit/sim-view.ts';
import { Webhooks } from '../kit/webhooks.ts';
import type { NewPost, Simulator } from '../simulator.ts';
import { type Access, type AccessSwitches, addUsageHeader, throttle } from './access.ts';
import { graphError } from './answers.ts';
import { Directs } from './directs.ts';
import { unknownPath } from './frame.ts';
import { type GraphPost, GraphPosts, type GraphPostsOptions, toSimulated } from './posts.ts';

export interface GraphSimulatorOptions {
  /** Where posts and ledger are kept. */
  readonly dir: string;
  readonly clock: Clock;
  /** Default: a free one. */
  readonly port?: number;
  readonly account?: { readonly id: string; readonly name: string };
}

/** What happened to a post, in Facebook's words. */
export type Verb = 'add' | 'edited' | 'remove' | 'hide' | 'unhide';

/** The parts that both simulators' routes work on. */
export interface GraphState<Switches extends AccessSwitches> {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly posts: GraphPosts;
  readonly account: { readonly id: string; readonly name: string };
  readonly switches: Switches;
  readonly directs: Directs;
}

/** What makes one of the two. */
export interface GraphPlatform<Switches extends AccessSwitches> {
  readonly platform: 'instagram' | 'facebook';
  readonly account: { readonly id: string; readonly name: string };
  readonly token: string;
  readonly appSecret: string;
  readonly switches: Switches;
  readonly posts: Pick<GraphPostsOptions, 'newId' | 'kindOf' | 'firstPostText'>;
  readonly page: Pick<SimPageOptions, 'title' | 'hint' | 'visitorLabel'>;
  readonly access: Pick<Access, 'usageType' | 'throttleCode'>;
  /** `object` of its deliveries, and the item of `entry` that tells what happened to a post. */
  readonly webhook: {
    readonly object: 'page' | 'instagram';
    readonly entry: (post: GraphPost, verb: Verb, now: Date) => Record<string, unknown>;
  };
  readonly routes: (app: SimulatorApp, state: GraphState<Switches>, access: Access) => void;
}

export interface GraphSimulator<Switches extends AccessSwitches> extends Simulator {
  /** Key of `appsecret_proof`. */
  readonly appSecret: string;
  /** What a test may change while the simulator runs: tokens, permissions, allowance, undocumented behaviour. */
  readonly switches: Switches;
  readonly webhooks: Webhooks;
  /** Writes to the office in private. */
  direct(author: string, text: string): void;
}

export async function startGraphSimulator<Switches extends AccessSwitches>(
  { dir, clock, port }: GraphSimulatorOptions,
  made: GraphPlatform<Switches>,
): Promise<GraphSimulator<Switches>> {
  const { account, switches, appSecret, token } = made;
  const faults = new Faults(clock);
  const ledger = new Ledger(dir);
  const posts = new GraphPosts({ dir, clock, account, ...made.posts });
  const access: Access = { appSecret, account, switches, ...made.access };
  const webhooks = new Webhooks({ dir, object: made.webhook.object, appSecret });
  const directs = new Directs({ account, clock, webhooks });
  /** Tells subscribers, and hands the post on. */
  const told = (post: GraphPost, verb: Verb): GraphPost => {
    if (webhooks.isConnected) webhooks.queue(made.webhook.entry(post, verb, clock.now()));
    return post;
  };
  const changed = (id: string, verb: Verb, change: () => void): void => {
    const post = posts.find(id);
    change();
    if (post) told(post, verb);
  };
  const simulator = {
    platform: made.platform,
    account,
    token,
    appSecret,
    switches,
    faults,
    ledger,
    write: (post: NewPost) => toSimulated(told(posts.writeAsCitizen(post), 'add')),
    writeAsOffice: (post: Omit<NewPost, 'author'>) => toSimulated(told(posts.writeAsOffice(post), 'add')),
    edit: (id: string, text: string) => changed(id, 'edited', () => posts.edit(id, text)),
    delete: (id: string) => changed(id, 'remove', () => posts.delete(id)),
    hide: (id: string, hidden: boolean) =>
      changed(id, hidden ? 'hide' : 'unhide', () => posts.hide(id, hidden)),
    webhooks,
    direct: (author: string, text: string) => directs.write(author, text),
    posts: () => posts.simulated(),
  };
  const server = await serveSimulator({
    clock,
    faults,
    ledger,
    ...(port !== undefined && { port }),
    page: (app) => addSimPage(app, { clock, simulator, ...made.page, switches: [tokenSwitch(switches)] }),
    routes: (app) => made.routes(app, { clock, faults, posts, account, switches, directs }, access),
    unknown: unknownPath,
    rateLimited: (c, until) => throttled(c, access, until.getTime() - clock.now().getTime()),
  });
  return {
    ...simulator,
    baseUrl: server.baseUrl,
    async [Symbol.asyncDispose]() {
      await webhooks[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      posts.close();
      ledger.close();
    },
  };
}

/** Subcode of error 190: the owner changed the account's password. */
const passwordChanged = 460;

function tokenSwitch(switches: AccessSwitches): SimSwitch {
  return {
    id: 'token',
    make: 'Putus token (sandi akun diganti)',
    end: 'Sambungkan token lagi',
    isOn: () => switches.revoked !== null,
    turn(on) {
      switches.revoked = on ? passwordChanged : null;
    },
  };
}

/** Meta names the wait in the usage header, in whole minutes. */
function throttled(c: SimulatorContext, access: Access, waitMs: number): Response {
  addUsageHeader(c, access, { percent: 100, regainMinutes: Math.ceil(waitMs / MINUTE) });
  return graphError(c, throttle(access));
}
