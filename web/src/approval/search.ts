import { words } from '../shared/language.tsx';

/** The views of the queue, as the API names them. */
export const queueViews = [
  'menunggu',
  'draf',
  'dikembalikan',
  'disetujui',
  'terjadwal',
  'keputusan',
  'gagal',
  'riwayat',
] as const;
export type QueueView = (typeof queueViews)[number];

export const queueWords = words(
  {
    menunggu: 'Menunggu persetujuan',
    draf: 'Draf',
    dikembalikan: 'Dikembalikan',
    disetujui: 'Disetujui',
    terjadwal: 'Antre dan mengirim',
    keputusan: 'Perlu keputusan petugas',
    gagal: 'Gagal kirim',
    riwayat: 'Riwayat',
  },
  {
    menunggu: 'Awaiting approval',
    draf: 'Drafts',
    dikembalikan: 'Sent back',
    disetujui: 'Approved',
    terjadwal: 'Queued and sending',
    keputusan: 'Needs a decision',
    gagal: 'Failed',
    riwayat: 'History',
  },
);

/** The whole state of the queue, as it stands in the address. */
export interface ApprovalSearch {
  readonly view?: QueueView;
  /** The draft that is open. */
  readonly buka?: string;
}

export function readApprovalSearch(search: Record<string, unknown>): ApprovalSearch {
  const view = queueViews.find((one) => one === search.view);
  const buka = typeof search.buka === 'string' && search.buka.length <= 200 ? search.buka : undefined;
  return { ...(view && { view }), ...(buka && { buka }) };
}
