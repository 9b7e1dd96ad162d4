import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { contract } from '../../api/contract/contract.ts';
import type { CaseState, CaseVerb } from '../../domain/case.ts';
import type { ReplyState } from '../../domain/reply.ts';
import type { ThreadView } from '../../domain/thread-filter.ts';

type Api = JsonifiedClient<ContractRouterClient<typeof contract>>;

/** A reply as the API shows it, the parts that the staff looks at. */
export interface DeskReply {
  readonly _id: string;
  readonly caseId: string;
  readonly state: ReplyState;
  readonly text: string;
  readonly version: number;
  readonly authors: readonly string[];
  readonly approvedBy: string | null;
}

/** A case as the API shows it, the parts that the staff looks at. */
interface DeskCase {
  readonly assignee: string | null;
  readonly secret: boolean;
  readonly state: CaseState;
  readonly agency: string | null;
  readonly version: number;
  readonly history: readonly { readonly by: string }[];
  readonly replies: readonly { readonly authors: readonly string[] }[];
}

/** A line of the inbox, the parts that the staff looks at. */
export interface DeskThread {
  readonly caseNumber: string | null;
  readonly agency: string | null;
  readonly assignee: string | null;
  readonly secret: boolean;
  readonly state: CaseState | null;
  readonly kind: string | null;
  readonly urgency: string;
  readonly lead: string | null;
  readonly similar: number;
}

/**
 * One person of the office at work. Every move names the version that was seen.
 * Each may throw when the product refuses it: a stale version, a rule, a right.
 */
export interface StaffDesk {
  readonly loginName: string;
  /** The oldest change first, at most `limit`. */
  replies(state: ReplyState, limit: number): Promise<readonly DeskReply[]>;
  threads(ask: {
    readonly view: ThreadView;
    readonly q?: string;
    readonly limit: number;
  }): Promise<readonly DeskThread[]>;
  case(number: string): Promise<DeskCase>;
  move(
    number: string,
    version: number,
    verb: CaseVerb,
    agency?: string,
  ): Promise<{ readonly version: number }>;
  /** "Salin untuk grup WA" */
  groupText(number: string): Promise<string>;
  edit(seen: DeskReply, text: string): Promise<DeskReply>;
  submit(seen: DeskReply): Promise<DeskReply>;
  approve(seen: DeskReply): Promise<DeskReply>;
  release(seen: DeskReply): Promise<DeskReply>;
}

function openClient(baseUrl: URL, token: () => string | null): Api {
  const link = new OpenAPILink(contract, {
    url: new URL('/api', baseUrl).href,
    headers: () => {
      const now = token();
      return now === null ? {} : { authorization: `Bearer ${now}` };
    },
  });
  return createORPCClient(link);
}

/**
 * Logs in through the JSON API as anybody else does. A session that ended is opened again, once a call.
 * @throws {Error} when the installation is no demo, or the account is not one of the demo's
 */
export async function openStaffDesk(at: {
  readonly baseUrl: URL;
  readonly loginName: string;
  readonly password: string;
}): Promise<StaffDesk> {
  const { loginName, password } = at;
  let token: string | null = null;
  const api = openClient(at.baseUrl, () => token);
  const login = async (): Promise<void> => {
    token = null;
    const session = await api.auth.login({ name: loginName, password });
    if (!session.user.demo) throw new Error(`${loginName} is no account of the demo`);
    token = session.token;
  };
  if ((await api.health.get({})).mode !== 'demo') throw new Error('simulated staff works in demo mode only');
  await login();

  const signedIn = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ORPCError && error.status === 401)) throw error;
      await login();
      return call();
    }
  };
  const seenOf = ({ _id, version }: DeskReply) => ({ id: _id, version });
  return {
    loginName,
    replies: (state, limit) => signedIn(async () => (await api.drafts.list({ state, limit })).rows),
    threads: (ask) => signedIn(async () => (await api.threads.list(ask)).rows),
    case: (number) => signedIn(() => api.cases.get({ number })),
    move: (number, version, verb, agency) =>
      signedIn(() => api.cases.move({ number, version, verb, ...(agency !== undefined && { agency }) })),
    groupText: (number) => signedIn(async () => (await api.cases.groupText({ number })).text),
    edit: (seen, text) => signedIn(() => api.drafts.edit({ ...seenOf(seen), text })),
    submit: (seen) => signedIn(() => api.drafts.submit(seenOf(seen))),
    approve: (seen) => signedIn(() => api.drafts.approve(seenOf(seen))),
    release: (seen) => signedIn(() => api.drafts.release(seenOf(seen))),
  };
}
