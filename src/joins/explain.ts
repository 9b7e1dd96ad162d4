import type { Explanation } from '../domain/classification.ts';
import type { Mention } from '../domain/mention.ts';
import type { Services } from '../services.ts';
import { findMention, mentions } from '../store/mentions.ts';

/** The message judged once more by the classifier as it is now, with the reasons of the first two candidates. */
export async function explainMention(services: Services, mention: Mention): Promise<Explanation> {
  const { database, channelAgencies } = services;
  const parent = mention.parentId && (await findMention(mentions(database.db), mention.parentId));
  await services.learning.refresh();
  return services.classifier.explain({
    text: mention.text,
    platform: mention.platform,
    ownPostText: mention.ownPost?.text ?? null,
    parentText: parent ? parent.text : null,
    quotedText: mention.quoted?.text ?? null,
    receivingAgency: channelAgencies.get(mention.channelId) ?? null,
  });
}
