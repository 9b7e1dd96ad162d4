import { Button, Group, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CaseDetail } from '../shared/api.ts';
import { useLanguage, useWords, words } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { dayAndTime } from '../shared/when.ts';
import { LinkChip } from './link-chip.tsx';

type Link = CaseDetail['asked'][number];

const texts = words(
  {
    title: 'Diminta ke OPD',
    ways: { mail: 'surel', whatsapp: 'WhatsApp' },
    sent: (at: string) => `dikirim ${at}`,
    opened: (at: string) => `dibuka ${at}`,
    answered: (at: string) => `dijawab ${at}`,
    revoked: (at: string) => `dicabut ${at}`,
    until: (at: string) => `berlaku sampai ${at}`,
    revoke: 'Cabut tautan',
    resend: 'Kirim tautan baru',
    isSent: 'Tautan baru dikirim; yang lama tidak berlaku lagi.',
    isRevoked: 'Tautan dicabut.',
  },
  {
    title: 'Asked of the agency',
    ways: { mail: 'mail', whatsapp: 'WhatsApp' },
    sent: (at: string) => `sent ${at}`,
    opened: (at: string) => `opened ${at}`,
    answered: (at: string) => `answered ${at}`,
    revoked: (at: string) => `revoked ${at}`,
    until: (at: string) => `valid until ${at}`,
    revoke: 'Revoke the link',
    resend: 'Send a new link',
    isSent: 'A new link was sent; the older one is over.',
    isRevoked: 'The link is revoked.',
  },
);

function Acts({ number, link }: { readonly number: string; readonly link: Link }) {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'revokeLink' | 'resendLink') => api.cases[what]({ number, link: link.id }),
    onSuccess: (_, what) =>
      notifications.show({ message: what === 'resendLink' ? say.isSent : say.isRevoked }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['case', number] }),
  });
  const inForce = link.state === 'belum-dibuka' || link.state === 'dibuka';
  const button = { size: 'compact-xs', variant: 'default', disabled: act.isPending } as const;
  return (
    <>
      <Button {...button} onClick={() => act.mutate('resendLink')}>
        {say.resend}
      </Button>
      {inForce && (
        <Button {...button} onClick={() => act.mutate('revokeLink')}>
          {say.revoke}
        </Button>
      )}
    </>
  );
}

/** Of whom the agency's answer was asked, whether he opened and answered it, and what can be done about it. */
export function Asked({ one }: { readonly one: CaseDetail }) {
  const say = useWords(texts);
  const { language } = useLanguage();
  const { may } = useMe();
  if (one.asked.length === 0) return null;
  const timesOf = (link: Link) => {
    const spoken = (at: string | null, how: (at: string) => string) => at && how(dayAndTime(at, language));
    return [
      spoken(link.at, say.sent),
      spoken(link.openedAt, say.opened),
      spoken(link.answeredAt, say.answered),
      spoken(link.revokedAt, say.revoked),
      (link.state === 'belum-dibuka' || link.state === 'dibuka') && spoken(link.expiresAt, say.until),
    ];
  };
  // Only the newest of a recipient can be sent anew: the others are over because of it.
  const newest = new Set(one.asked.filter((link, n, all) => all.findIndex(({ to }) => to === link.to) === n));
  return (
    <section aria-label={say.title}>
      <Title order={3} size="h5">
        {say.title}
      </Title>
      {one.asked.map((link) => (
        <Group gap="xs" key={link.id}>
          <Text size="sm">
            {link.to} ({say.ways[link.way]}) <LinkChip state={link.state} />{' '}
            <Text span size="xs" c="dimmed">
              {timesOf(link).filter(Boolean).join(' · ')}
            </Text>
          </Text>
          {may('case.move') && link.state !== 'dijawab' && newest.has(link) && (
            <Acts number={one._id} link={link} />
          )}
        </Group>
      ))}
    </section>
  );
}
