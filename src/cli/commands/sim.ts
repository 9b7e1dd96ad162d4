import axios, { isAxiosError } from 'axios';
import { z } from 'zod';
import { RefusedError } from '../../core/errors.ts';
import { lastPorts, portsFile } from '../demo/simulated-platforms.ts';
import { type Env, readHome } from '../open.ts';
import { print } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `sim post x "…"`: writes as a citizen on a running simulator. */
export const addSim: AddCommand = (program, env) => {
  program
    .command('sim')
    .description('media sosial simulasi (demo) / simulated platforms (demo)')
    .command('post')
    .argument('<platform>', 'x, instagram, facebook, whatsapp, website, sp4n, laporgub, sapamas')
    .argument('<text>', 'pesan warga / a citizen’s message')
    .option('--author <name>', 'penulis / author', 'warga_sim')
    .option('--reply-to <id>', 'membalas pesan / in reply to')
    .action(async (platform: string, text: string, options: { author: string; replyTo?: string }) => {
      const simulator = await simulatorOf(env, platform);
      const post = {
        author: options.author,
        text,
        ...(options.replyTo && { parentNativeId: options.replyTo }),
      };
      const written = await axios
        .post<{ nativeId: string }>(new URL('/sim/posts', simulator).href, post)
        .catch(explain);
      print(written.data.nativeId);
    });
};

async function simulatorOf(env: Env, platform: string): Promise<string> {
  const port = (await lastPorts(portsFile(readHome(env))))[platform];
  if (port !== undefined) return `http://127.0.0.1:${port}`;
  throw new RefusedError('not-found', {
    id: `Tidak ada simulator "${platform}". Jalankan "npm start" (demo) dahulu.`,
    en: `There is no simulator "${platform}". Run "npm start" (demo) first.`,
  });
}

function explain(error: unknown): never {
  if (!isAxiosError(error)) throw error;
  const said = z.object({ error: z.string() }).safeParse(error.response?.data);
  throw new RefusedError('not-possible', {
    id: said.success ? said.data.error : 'Simulator tidak menjawab. Apakah "npm start" sedang berjalan?',
    en: said.success ? said.data.error : 'The simulator does not answer. Is "npm start" running?',
  });
}
