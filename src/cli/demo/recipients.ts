import type { NoticeWay, Recipient } from '../../domain/forward.ts';
import type { Reference } from '../../reference/reference.ts';
import { numberOf } from '../../simulators/whatsapp/messages.ts';

/**
 * Invented people for the whole chain: an admin and a head for each agency of the regency, as the office's lists have them
 * now, those above them, who is on duty, and who sees to channels. Every second admin has WhatsApp, the others mail; nothing
 * of it leaves this machine.
 */
export function demoRecipients(lists: Pick<Reference, 'agencyNames' | 'authorities'>): readonly Recipient[] {
  const ours = [...lists.agencyNames].filter(([code]) => lists.authorities.get(code) === 'ours');
  return [
    ...ours.flatMap(([code, name], index) => [
      recipient(code, 'admin_opd', `Admin ${name} (sim)`, code, index % 2 === 0 ? 'whatsapp' : 'mail'),
      recipient(`kepala-${code}`, 'kepala_opd', `Kepala ${name} (sim)`, code),
    ]),
    recipient('kabid-ikp', 'kabid_ikp', 'Kabid IKP (sim)', null),
    recipient('sekda', 'sekda', 'Sekda (sim)', null),
    recipient('piket', 'piket', 'Petugas piket (sim)', null),
    recipient('admin-sistem', 'admin_sistem', 'Admin sistem (sim)', null),
  ];
}

function recipient(
  id: string,
  role: string,
  name: string,
  agency: string | null,
  way: NoticeWay = 'mail',
): Recipient {
  const local = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const address = way === 'mail' ? `${local}@opd.contoh.test` : numberOf(local);
  return { id: local, agency, role, name, way, address, user: null };
}
