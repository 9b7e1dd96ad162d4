import { z } from 'zod';

/**
 * What the Cloud API delivers, the fields that we read. Source: facebook/openapi business-messaging-api_v23.0.yaml, and
 * its published samples. Fields drift without a version, so everything that can be missing may be missing.
 */

/** `wamid.` and base64. It holds the phone number, so it is no id of ours (found.ts). */
const Wamid = z.string().regex(/^[\w.+/=-]{1,300}$/);
/** Phone number without +, or a business-scoped id (`ID.1234…`). */
const PersonId = z.string().regex(/^[\w.-]{1,140}$/);
const UnixSeconds = z.coerce
  .number()
  .int()
  .min(1_000_000_000)
  .max(9_999_999_999)
  .transform((seconds) => new Date(seconds * 1_000));
const Text = z.string().max(70_000);
const Short = z.string().max(2_000);

const File = z.object({
  id: z.string().max(100).optional(),
  mime_type: z.string().max(200).optional(),
  caption: Text.optional(),
  filename: Short.optional(),
});

export const Message = z.object({
  id: Wamid,
  from: PersonId.optional(),
  from_user_id: PersonId.optional(),
  group_id: z.string().max(300).optional(),
  timestamp: UnixSeconds,
  type: z.string().max(60),
  text: z.object({ body: Text }).optional(),
  image: File.optional(),
  video: File.optional(),
  audio: File.optional(),
  document: File.optional(),
  sticker: File.optional(),
  location: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: Short.optional(),
      address: Short.optional(),
    })
    .optional(),
  button: z.object({ text: Text }).optional(),
  interactive: z
    .object({
      button_reply: z.object({ title: Short }).optional(),
      list_reply: z.object({ title: Short }).optional(),
    })
    .optional(),
  system: z.object({ type: z.string().max(60).optional() }).optional(),
});
export type Message = z.infer<typeof Message>;

const Contact = z.object({
  wa_id: PersonId.optional(),
  user_id: PersonId.optional(),
  profile: z.object({ name: z.string().max(1_000).optional() }).optional(),
});
export type Contact = z.infer<typeof Contact>;

export const Status = z.object({
  id: Wamid,
  status: z.string().max(60),
  timestamp: UnixSeconds,
  biz_opaque_callback_data: z.string().max(512).optional(),
  errors: z
    .array(
      z.object({
        code: z.number(),
        title: Short.optional(),
        message: Short.optional(),
        error_data: z.object({ details: Short.optional() }).optional(),
      }),
    )
    .optional(),
});
export type Status = z.infer<typeof Status>;

/** `value` of a change whose field is `messages`. */
export const Value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
});

export const Entry = z.object({
  id: z.string().optional(),
  changes: z.array(z.object({ field: z.string().max(100), value: z.unknown() })),
});

export const Envelope = z.object({ entry: z.array(z.unknown()) });

export function readContacts(contacts: readonly unknown[]): readonly Contact[] {
  return contacts.flatMap((raw) => {
    const contact = Contact.safeParse(raw);
    return contact.success ? [contact.data] : [];
  });
}

export const Sent = z.object({ messages: z.array(z.object({ id: Wamid })).min(1) });
export const PhoneNumber = z.object({
  id: z.string(),
  display_phone_number: z.string().default(''),
  verified_name: z.string().default(''),
  quality_rating: z.string().optional(),
});
export const Subscriptions = z.object({ data: z.array(z.unknown()).default([]) });

/** `GET /{media-id}` */
export const MediaLink = z.object({ url: z.url() });
