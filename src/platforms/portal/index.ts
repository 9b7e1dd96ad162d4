import { type PortalId, portalNames } from '../../domain/elsewhere.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Connector } from '../connector.ts';

/** Longest answer, in characters: a choice of ours, no portal's own limit is published. */
const longestAnswer = 5_000;

/**
 * A complaint portal: SP4N-LAPOR!, LaporGub, SAPAMAS. None has a public API (read November 2026), so every answer is by
 * hand, with the approved text ready to paste and in the list of answers to carry back.
 */
export function portalConnector(options: {
  readonly platform: PortalId;
  readonly channelId: ChannelId;
  readonly account: { readonly id: string; readonly name: string };
}): Connector {
  const { platform, channelId, account } = options;
  const name = portalNames[platform];
  return {
    platform,
    channelId,
    measure: (text) => ({ used: [...text].length, limit: longestAnswer }),
    capability: () => ({
      by: 'hand',
      reason: {
        id: `${name} tidak punya API: tempel jawaban yang disetujui di sana, lalu tandai sudah dijawab.`,
        en: `${name} has no API: paste the approved answer there, then mark it as answered.`,
      },
    }),
    reply: async () => ({
      kind: 'never',
      reason: `${name} tidak menerima jawaban lewat mesin`,
      platformWords: `${name} has no API`,
    }),
    probe: async () => ({ account, expiresAt: null, warnings: [] }),
  };
}
