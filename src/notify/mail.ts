import { createTransport } from 'nodemailer';
import { SECOND } from '../core/clock.ts';
import { asError } from '../core/errors.ts';
import type { Outcome } from '../domain/reply.ts';

export interface MailOptions {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly url: string;
  readonly from: string;
}

export type SendMail = (
  to: string,
  mail: { readonly subject: string; readonly text: string },
  reference: string,
) => Promise<Outcome>;

const timeoutMs = 10 * SECOND;

/** One mail with one SMTP conversation, no retry; sorted like a reply's send. */
export function mailSender({ url, from }: MailOptions): SendMail {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true });
  const host = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  Object.assign(transport.options, {
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return async (to, { subject, text }, reference) => {
    try {
      // The same id each time: a server that got it twice shows it once.
      const { messageId } = await transport.sendMail({
        to,
        subject,
        text,
        messageId: `<${reference}@${host}>`,
      });
      return { kind: 'accepted', nativeId: messageId, url: null };
    } catch (error) {
      return sortFailure(error);
    }
  };
}

/**
 * The server's own refusal, or no connection at all, proves that nothing arrived. nodemailer reports a connection that
 * broke in the middle of the mail like one that never was (command CONN), so everything else is unclear.
 */
function sortFailure(thrown: unknown): Outcome {
  const error = asError(thrown) as Error & { code?: string; syscall?: string; responseCode?: number };
  const words = `${error.code ?? error.name} ${error.responseCode ?? ''}`.trim();
  const { responseCode = 0 } = error;
  if (responseCode >= 500) return { kind: 'never', reason: 'refused', platformWords: words };
  const neverConnected = error.syscall === 'connect' || error.code === 'EDNS';
  if (responseCode >= 400 || neverConnected)
    return { kind: 'not-now', reason: words, retryAfterMs: 60 * SECOND };
  return { kind: 'unknown', reason: words };
}
