import { acknowledgements } from './acknowledgements.ts';
import { auth, users } from './auth.ts';
import { os } from './base.ts';
import { drafts } from './drafts.ts';
import { cases, mentions } from './inbox.ts';
import { audit, channels, health, recap, stopSwitch } from './office.ts';
import { threads } from './threads.ts';

export const router = os.router({
  auth,
  users,
  threads,
  mentions,
  cases,
  drafts,
  acknowledgements,
  stopSwitch,
  channels,
  recap,
  audit,
  health,
});
