import { auth, users } from './auth.ts';
import { os } from './base.ts';
import { drafts } from './drafts.ts';
import { cases, mentions, threads } from './inbox.ts';
import { audit, channels, health, recap, stopSwitch } from './office.ts';

export const router = os.router({
  auth,
  users,
  threads,
  mentions,
  cases,
  drafts,
  stopSwitch,
  channels,
  recap,
  audit,
  health,
});
