import { readFile } from 'node:fs/promises';
import axios, { isAxiosError } from 'axios';
import { z } from 'zod';
import { ChannelConfig } from '../../core/config.ts';
import { RefusedError } from '../../core/errors.ts';
import { channelsFile, type Env, readHome } from '../open.ts';
import { print } from '../output.ts';
import type { AddCommand } from './command.ts';

/** `sim post x "…"`: writes as a citizen on a running simulator. */
export const addSim: AddCommand = (program, env) => {
  program
    .command('sim')
    .description('media sosial simulasi (demo) / simulated platforms (demo)')
    .command('post')
    .argument('<platform>', 'x, instagram, facebook, whatsapp')
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
  const text = await readFile(channelsFile(readHome(env)), 'utf8').catch(() => '[]');
  const channels = z.array(ChannelConfig).parse(JSON.parse(text));
  const found = channels.find((channel) => channel.platform === platform)?.simulator;
  if (found) return found;
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
