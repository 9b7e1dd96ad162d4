import { createHmac } from 'node:crypto';
import type { SimulatorContext } from '../kit/serve.ts';
import { badParameter, GraphRefusal } from './answers.ts';

/** Subcodes of error 190. Source: Graph API, "Handle errors". */
const revocationWords: Readonly<Record<number, string>> = {
  458: 'Error validating access token: The user has not authorized application.',
  459: 'Error validating access token: You cannot access the app till you log in and follow the instructions given.',
  460: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  463: 'Error validating access token: Session has expired.',
  464: 'Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'Error validating access token: This may be because the user logged out or may be due to a system error.',
  492: 'Error validating access token: The user must be an administrator, editor, or moderator of the page.',
};

/** What a test or a person may switch while the simulator runs. */
export interface AccessSwitches {
  /** Tokens accepted now, with whose they are. */
  readonly tokens: Map<string, 'account' | 'user'>;
  /** Subcode of error 190 that every call gets; null: tokens work. */
  revoked: number | null;
  /** Refuse calls without a right `appsecret_proof`. */
  requireProof: boolean;
  /** Error that every call gets for want of a permission (10, 200…); null: all granted. */
  deniedCode: number | null;
  /** Webhook fields that a subscription may not name. */
  readonly refusedFields: Set<string>;
  /** Percent of the allowance that is used; from 100 on every call is refused. Header only above 0. */
  usagePercent: number;
  /** Told with the usage header, in minutes. */
  regainMinutes: number;
}

export interface Access {
  readonly appSecret: string;
  readonly account: { readonly id: string };
  /** For the usage header. */
  readonly usageType: 'pages' | 'instagram' | 'whatsapp';
  /** 80001 for Pages, 80002 for Instagram, 80007 for WhatsApp. */
  readonly throttleCode: 80_001 | 80_002 | 80_007;
  readonly switches: AccessSwitches;
}

export function newSwitches(token: string): AccessSwitches {
  return {
    tokens: new Map([[token, 'account']]),
    revoked: null,
    requireProof: false,
    deniedCode: null,
    refusedFields: new Set(),
    usagePercent: 0,
    regainMinutes: 0,
  };
}

/** Checks token, proof, permission and allowance. @returns whose token it is @throws {GraphRefusal} */
export function admit(c: SimulatorContext, access: Access, parameters: URLSearchParams): 'account' | 'user' {
  const { switches } = access;
  const token = tokenOf(c, parameters);
  const owner = switches.tokens.get(token ?? '');
  if (switches.usagePercent > 0) {
    const usage = { percent: switches.usagePercent, regainMinutes: switches.regainMinutes };
    if (owner === 'user') addAppUsageHeader(c, switches.usagePercent);
    else addUsageHeader(c, access, usage);
  }
  if (token === null || owner === undefined) {
    throw new GraphRefusal(
      { message: 'Invalid OAuth access token - Cannot parse access token', code: 190 },
      401,
    );
  }
  if (switches.revoked !== null) {
    const message = revocationWords[switches.revoked] ?? 'Error validating access token';
    throw new GraphRefusal({ message, code: 190, subcode: switches.revoked });
  }
  checkProof(access, token, parameters.get('appsecret_proof'));
  if (switches.usagePercent >= 100) throw throttle(access);
  if (switches.deniedCode !== null) {
    const message = `(#${switches.deniedCode}) Application does not have permission for this action`;
    throw new GraphRefusal({ message, code: switches.deniedCode }, 403);
  }
  return owner;
}

export function tokenOf(c: SimulatorContext, parameters: URLSearchParams): string | null {
  const [scheme, bearer] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme === 'Bearer' && bearer) return bearer;
  return parameters.get('access_token');
}

function checkProof({ appSecret, switches }: Access, token: string, proof: string | null): void {
  if (proof === null && !switches.requireProof) return;
  if (proof === null) {
    throw badParameter('API calls from the server require an appsecret_proof argument');
  }
  if (proof !== createHmac('sha256', appSecret).update(token).digest('hex')) {
    throw badParameter('Invalid appsecret_proof provided in the API argument');
  }
}

/** `X-Business-Use-Case-Usage`, as for Page and system tokens. */
export function addUsageHeader(
  c: SimulatorContext,
  { account, usageType }: Access,
  usage: { percent: number; regainMinutes: number },
): void {
  const counts = { call_count: usage.percent, total_cputime: 1, total_time: 1 };
  const one = { type: usageType, ...counts, estimated_time_to_regain_access: usage.regainMinutes };
  c.header('x-business-use-case-usage', JSON.stringify({ [account.id]: [one] }));
}

/** `X-App-Usage`, as for user tokens. */
function addAppUsageHeader(c: SimulatorContext, percent: number): void {
  c.header('x-app-usage', JSON.stringify({ call_count: percent, total_time: 1, total_cputime: 1 }));
}

/** 80001 or 80002: the allowance of the account is used up. */
export function throttle({ throttleCode }: Access): GraphRefusal {
  const message = `(#${throttleCode}) There have been too many calls to this account. Wait a bit and try again.`;
  return new GraphRefusal({ message, code: throttleCode });
}
