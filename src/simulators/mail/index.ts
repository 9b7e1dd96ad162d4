import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and text as they were sent. */
  readonly raw: string;
  /** The text as people read it. */
  readonly text: string;
}

/** What goes wrong with the next mail. */
type MailFault = 'refuse' | 'later' | 'cut-after-data' | null;

export interface MailSimulator extends AsyncDisposable {
  readonly smtpUrl: string;
  /** A page with what arrived, for people. */
  readonly page: URL;
  /** Newest last. */
  readonly mails: readonly ReceivedMail[];
  fault: MailFault;
}

/** A mail server on this machine: it takes every mail, delivers none, and shows them all. */
export async function startMailSimulator(
  options: { readonly smtpPort?: number; readonly pagePort?: number } = {},
): Promise<MailSimulator> {
  const mails: ReceivedMail[] = [];
  const state: { fault: MailFault } = { fault: null };
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      if (state.fault === 'refuse') done(Object.assign(new Error('no such user'), { responseCode: 550 }));
      else if (state.fault === 'later') done(Object.assign(new Error('try later'), { responseCode: 451 }));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const raw = Buffer.concat(chunks).toString('utf8');
        mails.push({ to, raw, text: readable(raw) });
        if (state.fault !== 'cut-after-data') return done();
        for (const connection of smtp.connections) connection.close();
      });
    },
  });
  smtp.on('error', () => {});
  await new Promise<void>((resolve) => smtp.listen(options.smtpPort ?? 0, '127.0.0.1', resolve));
  const web = await servePage(mails, options.pagePort ?? 0);
  const port = (smtp.server.address() as AddressInfo).port;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    page: new URL(`http://127.0.0.1:${(web.address() as AddressInfo).port}/sim`),
    mails,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      await new Promise<void>((resolve) => web.close(() => resolve()));
    },
  };
}

/** The body of a plain mail, decoded (quoted-printable, base64, or as it is). */
function readable(raw: string): string {
  const cut = raw.indexOf('\r\n\r\n');
  const [head, body] = [raw.slice(0, cut), raw.slice(cut + 4)];
  if (/^content-transfer-encoding:\s*base64/im.test(head))
    return Buffer.from(body, 'base64').toString('utf8');
  if (!/^content-transfer-encoding:\s*quoted-printable/im.test(head)) return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function servePage(mails: readonly ReceivedMail[], port: number): Promise<Server> {
  const app = new Hono();
  app.get('/sim', (c) =>
    c.html(
      html`<!doctype html><html lang="id"><meta charset="utf-8"><title>DATA SIMULASI · surel</title>
        <body><h1>Surel (simulasi): tidak ada yang benar-benar dikirim</h1>
        ${mails.toReversed().map(({ to, text }) => html`<article><h2>${to.join(', ')}</h2><pre style="white-space:pre-wrap">${text}</pre></article>`)}
        </body></html>`,
    ),
  );
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
