import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { openJournal } from '../kit/journal.ts';
import { onlyFromHere } from '../kit/loopback.ts';
import type { SimulatorEnv } from '../kit/serve.ts';

const GroupPost = z.object({ author: z.string(), text: z.string(), at: z.coerce.date() });
/** What somebody wrote in the group. */
export type GroupPost = z.infer<typeof GroupPost>;

const WriteRequest = z.object({
  author: z.string().trim().max(50),
  text: z.string().trim().min(1).max(5_000),
});

/** The agencies' WhatsApp group. WhatsApp offers no API for groups, so Tanggap never reads or writes here: people copy. */
export interface GroupSimulator extends AsyncDisposable {
  /** A page to read and write, for people. */
  readonly page: URL;
  /** Oldest first. */
  posts(): readonly GroupPost[];
  write(author: string, text: string): void;
}

/** @param options.dir where it keeps what was written, so that a restart changes nothing */
export async function startGroupSimulator(options: {
  readonly dir: string;
  readonly clock: Clock;
  readonly port?: number;
}): Promise<GroupSimulator> {
  const { clock, dir, port = 0 } = options;
  const { journal, entries } = openJournal<GroupPost>(join(dir, 'group.jsonl'), (line) =>
    GroupPost.parse(line),
  );
  const posts = [...entries];
  const write = (author: string, text: string): void => {
    const post = { author, text, at: clock.now() };
    journal.append(post);
    posts.push(post);
  };
  const web = await servePage(posts, write, port);
  return {
    page: new URL(`http://127.0.0.1:${(web.address() as AddressInfo).port}/sim`),
    posts: () => posts,
    write,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => web.close(() => resolve()));
      journal.close();
    },
  };
}

const time = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Jakarta',
  dateStyle: 'medium',
  timeStyle: 'short',
});

function servePage(
  posts: readonly GroupPost[],
  write: GroupSimulator['write'],
  port: number,
): Promise<Server> {
  const app = new Hono<SimulatorEnv>();
  app.use('/sim/*', onlyFromHere);
  app.get('/sim', (c) =>
    c.html(
      html`<!doctype html><html lang="id"><meta charset="utf-8"><title>DATA SIMULASI · grup WA</title>
        <body style="max-width:44rem;margin:0 auto;padding:1rem;font:16px/1.5 system-ui,sans-serif">
        <h1>Grup WA "Admin Aduan OPD" (simulasi)</h1>
        <p>WhatsApp tidak membuka grup bagi program: Tanggap tidak membaca dan tidak menulis di sini. Petugas menyalin teks ke
        grup, dan mencatat jawabannya di meja ("Catat jawaban dari grup").</p>
        <form method="post" action="/sim">
        <p><label>Nama <input name="author" maxlength="50" value="Petugas"></label></p>
        <p><label>Pesan<br><textarea name="text" rows="4" cols="70" required maxlength="5000"></textarea></label></p>
        <button>Kirim</button></form>
        ${posts.toReversed().map(({ author, text, at }) => html`<article style="border-top:1px solid #999"><h2 style="font-size:1rem">${author} · ${time.format(at)} WIB</h2><p style="white-space:pre-wrap;overflow-wrap:anywhere">${text}</p></article>`)}
        </body></html>`,
    ),
  );
  app.post('/sim', async (c) => {
    const asked = WriteRequest.safeParse(await c.req.parseBody());
    if (!asked.success) return c.text('Tulislah pesannya. / Write something.', 400);
    write(asked.data.author || 'Petugas', asked.data.text);
    return c.redirect('/sim', 303);
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
