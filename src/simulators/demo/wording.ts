import type { DemoPlatform, Hints } from './demo-item.ts';
import type { Register } from './phrases/common.ts';
import type { Topic } from './phrases/topic.ts';
import { environmentTopics } from './phrases/topics-environment.ts';
import { peopleTopics } from './phrases/topics-people.ts';
import { worksTopics } from './phrases/topics-works.ts';
import type { Random } from './random.ts';
import { complaintText, looseText, topicText } from './sentences.ts';

const topics: readonly Topic[] = [...worksTopics, ...peopleTopics, ...environmentTopics];

export const registerShares: Readonly<
  Record<DemoPlatform, readonly { weight: number; register: Register }[]>
> = {
  x: [
    { weight: 45, register: 'casual' },
    { weight: 45, register: 'javanese' },
    { weight: 10, register: 'formal' },
  ],
  instagram: [
    { weight: 65, register: 'casual' },
    { weight: 25, register: 'javanese' },
    { weight: 10, register: 'formal' },
  ],
  facebook: [
    { weight: 45, register: 'casual' },
    { weight: 30, register: 'javanese' },
    { weight: 25, register: 'formal' },
  ],
};

const intents = [
  { weight: 64, intent: 'complaint' },
  { weight: 12, intent: 'question' },
  { weight: 4, intent: 'wish' },
  { weight: 6, intent: 'praise' },
  { weight: 4, intent: 'spam' },
  { weight: 6, intent: 'smallTalk' },
  { weight: 4, intent: 'vague' },
] as const;

/** A text with what it was meant to be; `topic` null when no office would answer it. */
export interface Wording {
  readonly text: string;
  readonly topic: Topic | null;
  readonly hints: Hints;
}

export type WeightedTopics = readonly { readonly weight: number; readonly topic: Topic }[];

/** The topics as likely as this day's weather makes them. */
export function topicsOn(wet: number): WeightedTopics {
  return topics.map((topic) => ({ topic, weight: topic.weight * (1 + (topic.rain ?? 0) * wet) }));
}

function topicsWith(part: 'questions' | 'wishes' | 'praises') {
  return topics.flatMap((topic) => {
    const templates = topic[part];
    return templates === undefined ? [] : [{ weight: topic.weight, topic, templates }];
  });
}
const asked = topicsWith('questions');
const wished = topicsWith('wishes');
const praised = topicsWith('praises');

function aboutTopic(
  kind: 'permintaan_informasi' | 'aspirasi' | 'apresiasi',
  able: ReturnType<typeof topicsWith>,
  register: Register,
  random: Random,
): Wording {
  const { topic, templates } = random.weighted(able);
  const text = topicText(templates, kind === 'apresiasi', register, random);
  return { text, topic: kind === 'apresiasi' ? null : topic, hints: { kind, subject: topic.subject } };
}

/** One citizen's message, whatever he wants. */
export function worded(register: Register, today: WeightedTopics, random: Random): Wording {
  const { intent } = random.weighted(intents);
  switch (intent) {
    case 'complaint': {
      const { topic } = random.weighted(today);
      return {
        text: complaintText(topic, register, random),
        topic,
        hints: { kind: 'pengaduan', subject: topic.subject },
      };
    }
    case 'question':
      return aboutTopic('permintaan_informasi', asked, register, random);
    case 'wish':
      return aboutTopic('aspirasi', wished, register, random);
    case 'praise':
      return random.chance(0.4)
        ? {
            text: looseText('generalPraise', random),
            topic: null,
            hints: { kind: 'apresiasi', subject: null },
          }
        : aboutTopic('apresiasi', praised, register, random);
    case 'vague':
      return { text: looseText('vague', random), topic: null, hints: { kind: null, subject: null } };
    case 'spam':
    case 'smallTalk':
      return { text: looseText(intent, random), topic: null, hints: { kind: 'bukan_aduan', subject: null } };
    default:
      return intent satisfies never;
  }
}
