import {
  asks,
  companions,
  durations,
  followUps,
  officeAnswers,
  openings,
  type Register,
  thanks,
} from './phrases/common.ts';
import { generalPraise, ownPosts, smallTalk, spam, vague } from './phrases/noise.ts';
import { kecamatan, landmarks, places } from './phrases/places.ts';
import type { Topic } from './phrases/topic.ts';
import type { Random } from './random.ts';
import { asTyped } from './style.ts';
import { expand, type Slots } from './template.ts';

/** X counts 280; the account's name and a closing emoji still have to fit. */
const longestBody = 240;

function placeSlot(random: Random): () => string {
  let home: string | null = null;
  return () => {
    const near = home === null ? [] : places.filter(([, of]) => of === home);
    if (near.length === 0 && random.chance(0.25)) {
      home = random.pick(kecamatan);
      return random.chance(0.3) ? `kec. ${home}` : home;
    }
    const [name, of] = random.pick(near.length === 0 ? places : near);
    const first = home === null;
    home = of;
    if (!first) return name;
    return random.pick([
      name,
      name,
      name,
      `${name} ${of}`,
      `${name} ${of}`,
      `${name}, ${of}`,
      `desa ${name}`,
    ]);
  };
}

function slotsFor(register: Register, random: Random): Slots {
  const beside =
    register === 'javanese'
      ? ['ngarep', 'cedhak', 'sebelah']
      : ['depan', 'dekat', 'sebelah', 'sekitar', 'seberang'];
  return {
    tempat: placeSlot(random),
    kecamatan,
    lama: durations[register],
    patokan: () => `${random.pick(beside)} ${random.pick(landmarks)}`,
    hari: () => String(random.int(3, 14)),
  };
}

function joined(parts: readonly string[], register: Register, random: Random): string {
  if (register === 'formal') {
    return parts
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .map((part) => (/[.,!?]$/.test(part) ? part : `${part}.`))
      .join(' ');
  }
  const glue = random.pick([', ', ', ', '. ', ' ']);
  return parts.reduce((text, part) => (/[,.!?]$/.test(text) ? `${text} ${part}` : `${text}${glue}${part}`));
}

/** Drops what is said last until it fits. */
function fitting(parts: readonly string[], register: Register, random: Random): string {
  for (let count = parts.length; count > 1; count -= 1) {
    const text = joined(parts.slice(0, count), register, random);
    if (text.length <= longestBody) return text;
  }
  return joined(parts.slice(0, 1), register, random).slice(0, longestBody);
}

export function complaintText(topic: Topic, register: Register, random: Random): string {
  const slots = slotsFor(register, random);
  const tongue = register === 'javanese' ? 'javanese' : 'plain';
  const parts: string[] = [];
  if (random.chance(0.5)) parts.push(expand(random.pick(openings[register]), slots, random));
  parts.push(expand(random.pick(topic.complaints[tongue]), slots, random));
  if (random.chance(0.6)) parts.push(expand(random.pick(topic.effects[tongue]), slots, random));
  if (random.chance(0.55)) parts.push(expand(random.pick(asks[register]), slots, random));
  if (random.chance(0.12)) parts.push(random.pick(thanks));
  return asTyped(fitting(parts, register, random), register, random);
}

/** A question, wish or thanks about the topic: one template with an opening or an emoji around it. */
export function topicText(
  templates: readonly string[],
  glad: boolean,
  register: Register,
  random: Random,
): string {
  const slots = slotsFor(register, random);
  const parts: string[] = [];
  if (!glad && random.chance(0.5)) parts.push(expand(random.pick(openings[register]), slots, random));
  parts.push(expand(random.pick(templates), slots, random));
  if (!glad && random.chance(0.3)) parts.push(random.pick(thanks));
  return asTyped(fitting(parts, register, random), register, random, glad ? 'glad' : 'sore');
}

const looseLists = { spam, smallTalk, vague, generalPraise, companions, followUps } as const;

export function looseText(list: keyof typeof looseLists, random: Random): string {
  const text = expand(random.pick(looseLists[list]), slotsFor('casual', random), random);
  if (list === 'spam') return random.chance(0.4) ? `${text} 🔥` : text;
  return asTyped(text, 'casual', random, list === 'generalPraise' ? 'glad' : 'sore');
}

export function ownPostText(random: Random): string {
  return expand(random.pick(ownPosts), slotsFor('formal', random), random);
}

export function officeAnswerText(agency: string, random: Random): string {
  return expand(random.pick(officeAnswers), { ...slotsFor('formal', random), opd: [agency] }, random);
}
