import { type Clock, MINUTE } from '../../core/clock.ts';
import { Faults } from '../kit/faults.ts';
import { Ledger } from '../kit/ledger.ts';
import { type SimulatorApp, type SimulatorContext, serveSimulator } from '../kit/serve.ts';
import { addSimPage } from '../kit/sim-page.ts';
import type { SimPageOptions } from '../kit/sim-view.ts';
import type { NewPost, Simulator } from '../simulator.ts';
import { type Access, type AccessSwitches, addUsageHeader, throttle } from './access.ts';
import { graphError } from './answers.ts';
import { unknownPath } from './frame.ts';
import { GraphPosts, type GraphPostsOptions, toSimulated } from './posts.ts';

export interface GraphSimulatorOptions {
  /** Where posts and ledger are kept. */
  readonly dir: string;
  readonly clock: Clock;
  /** Default: a free one. */
  readonly port?: number;
  readonly account?: { readonly id: string; readonly name: string };
}

/** The parts that both simulators' routes work on. */
export interface GraphState<Switches extends AccessSwitches> {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly posts: GraphPosts;
  readonly account: { readonly id: string; readonly name: string };
  readonly switches: Switches;
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
  readonly routes: (app: SimulatorApp, state: GraphState<Switches>, access: Access) => void;
}

export interface GraphSimulator<Switches extends AccessSwitches> extends Simulator {
  /** Key of `appsecret_proof`. */
  readonly appSecret: string;
  /** What a test may change while the simulator runs: tokens, permissions, allowance, undocumented behaviour. */
  readonly switches: Switches;
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
  const simulator = {
    platform: made.platform,
    account,
    token,
    appSecret,
    switches,
    faults,
    ledger,
    write: (post: NewPost) => toSimulated(posts.writeAsCitizen(post)),
    writeAsOffice: (post: Omit<NewPost, 'author'>) => toSimulated(posts.writeAsOffice(post)),
    edit: (id: string, text: string) => posts.edit(id, text),
    delete: (id: string) => posts.delete(id),
    hide: (id: string, hidden: boolean) => posts.hide(id, hidden),
    posts: () => posts.simulated(),
  };
  const server = await serveSimulator({
    clock,
    faults,
    ledger,
    ...(port !== undefined && { port }),
    page: (app) => addSimPage(app, { clock, simulator, ...made.page }),
    routes: (app) => made.routes(app, { clock, faults, posts, account, switches }, access),
    unknown: unknownPath,
    rateLimited: (c, until) => throttled(c, access, until.getTime() - clock.now().getTime()),
  });
  return {
    ...simulator,
    baseUrl: server.baseUrl,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      posts.close();
      ledger.close();
    },
  };
}

/** Meta names the wait in the usage header, in whole minutes. */
function throttled(c: SimulatorContext, access: Access, waitMs: number): Response {
  addUsageHeader(c, access, { percent: 100, regainMinutes: Math.ceil(waitMs / MINUTE) });
  return graphError(c, throttle(access));
}
