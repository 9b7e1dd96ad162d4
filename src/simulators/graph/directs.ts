import type { Clock } from '../../core/clock.ts';
import { DAY, HOUR } from '../../core/clock.ts';
import type { Webhooks } from '../kit/webhooks.ts';
import type { AccessSwitches } from './access.ts';
import { badParameter, GraphRefusal } from './answers.ts';
import type { GraphCall, GraphRoute } from './frame.ts';
import { type GraphPost, type GraphPosts, personId } from './posts.ts';

/** A private message of Messenger or Instagram. */
export interface DirectMessage {
  readonly mid: string;
  readonly person: string;
  readonly byOffice: boolean;
  readonly text: string;
  readonly at: Date;
  /** The comment that it answers privately. */
  readonly comment: string | null;
}

const windowMs = 24 * HOUR;
const privateReplyMs = 7 * DAY;

interface DirectsOptions {
  readonly account: { readonly id: string };
  readonly clock: Clock;
  readonly webhooks: Webhooks;
}

/** Private conversations, in memory: the demo's story has none. Source: Messenger Platform, "Send API". */
export class Directs {
  readonly #options: DirectsOptions;
  readonly #all: DirectMessage[] = [];

  constructor(options: DirectsOptions) {
    this.#options = options;
  }

  all(): readonly DirectMessage[] {
    return this.#all;
  }

  /** A citizen writes to the office. */
  write(author: string, text: string): DirectMessage {
    const message = this.#add(personId(author), false, text, null);
    const { account, webhooks } = this.#options;
    webhooks.queue({
      id: account.id,
      time: message.at.getTime(),
      messaging: [
        {
          sender: { id: message.person },
          recipient: { id: account.id },
          timestamp: message.at.getTime(),
          message: { mid: message.mid, text },
        },
      ],
    });
    return message;
  }

  /** The office answers. @throws {GraphRefusal} outside the window */
  answer(person: string, text: string): DirectMessage {
    const last = this.#all.findLast((message) => message.person === person && !message.byOffice);
    const age = last ? this.#options.clock.now().getTime() - last.at.getTime() : Number.POSITIVE_INFINITY;
    if (age > windowMs) {
      throw new GraphRefusal({
        message: '(#10) This message is sent outside of allowed window.',
        code: 10,
        subcode: 2_018_278,
      });
    }
    return this.#add(person, true, text, null);
  }

  /** The office answers a comment in private: once, within seven days. @throws {GraphRefusal} */
  answerComment(comment: GraphPost, text: string): DirectMessage {
    const age = this.#options.clock.now().getTime() - comment.at.getTime();
    const isSecond = this.#all.some((message) => message.comment === comment.id);
    if (isSecond || age > privateReplyMs) {
      throw new GraphRefusal({
        message: '(#10900) Activity already replied to, or too old to be replied to.',
        code: 10_900,
      });
    }
    return this.#add(comment.author.id, true, text, comment.id);
  }

  #add(person: string, byOffice: boolean, text: string, comment: string | null): DirectMessage {
    const mid = `m_${Buffer.from(`sim?${person}>${this.#all.length}`).toString('base64')}`;
    const message = { mid, person, byOffice, text, at: this.#options.clock.now(), comment };
    this.#all.push(message);
    return message;
  }
}

interface DirectState {
  readonly switches: Pick<AccessSwitches, 'refusedFields'>;
  readonly account: { readonly id: string };
  readonly directs: Directs;
  readonly posts: GraphPosts;
}

/** `POST /{account}/messages` and the account's subscriptions. */
export function directRoutes(state: DirectState): readonly GraphRoute[] {
  let subscribed: string[] = [];
  const own = (call: GraphCall): void => {
    if (call.c.req.param('id') !== state.account.id) throw badParameter('the id is not this account');
  };
  return [
    {
      method: 'POST',
      path: '/:id/messages',
      parameters: ['recipient', 'messaging_type', 'message'],
      handle(call) {
        own(call);
        return send(state, call);
      },
    },
    {
      method: 'GET',
      path: '/:id/subscribed_apps',
      parameters: [],
      handle(call) {
        own(call);
        const app = { id: '900000000000001', name: 'Tanggap (simulasi)', subscribed_fields: subscribed };
        return { data: subscribed.length === 0 ? [] : [app] };
      },
    },
    {
      method: 'POST',
      path: '/:id/subscribed_apps',
      parameters: ['subscribed_fields'],
      handle(call) {
        own(call);
        const wanted = (call.parameters.get('subscribed_fields') ?? '')
          .split(',')
          .filter((one) => one !== '');
        const at = wanted.findIndex((field) => state.switches.refusedFields.has(field));
        if (at >= 0)
          throw badParameter(`Param subscribed_fields[${at}] must be one of {…} - got "${wanted[at]}".`);
        subscribed = wanted;
        return { success: true };
      },
    },
  ];
}

function send({ directs, posts }: DirectState, { c, parameters }: GraphCall): object {
  const recipient = objectIn(parameters, 'recipient');
  const { text } = objectIn(parameters, 'message');
  if (!text) throw badParameter('message.text is needed');
  const answered = recipient.comment_id ?? recipient.post_id;
  const target = recipient.id ?? answered ?? null;
  try {
    const comment = answered === undefined ? null : posts.find(answered);
    const sent = comment ? directs.answerComment(comment, text) : directs.answer(recipient.id ?? '', text);
    c.set('received', { kind: 'reply', target, text, resultId: sent.mid });
    return { recipient_id: sent.person, message_id: sent.mid };
  } catch (error) {
    c.set('received', { kind: 'reply', target, text, resultId: null });
    throw error;
  }
}

/** A JSON body arrives as text of its parts (frame.ts puts them into parameters). */
function objectIn(parameters: URLSearchParams, name: string): Record<string, string | undefined> {
  try {
    const value: unknown = JSON.parse(parameters.get(name) ?? '');
    if (typeof value === 'object' && value !== null) return value as Record<string, string>;
  } catch {
    // Said below.
  }
  throw badParameter(`param ${name} must be an object`);
}
