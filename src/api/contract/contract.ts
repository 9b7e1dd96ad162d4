import { acknowledgements } from './acknowledgements.ts';
import { reports, trends } from './analysis.ts';
import { auth, users } from './auth.ts';
import { classifier } from './classifier.ts';
import { drafts } from './drafts.ts';
import { exports } from './exports.ts';
import { handover } from './handover.ts';
import { imports } from './imports.ts';
import { cases, mentions, threads } from './inbox.ts';
import { intakeKeys } from './intake-keys.ts';
import { officeLists } from './lists.ts';
import { live } from './live.ts';
import { names } from './names.ts';
import { audit, channels, health, recap, stopSwitch } from './office.ts';
import { training } from './training.ts';

/** The whole JSON API, under `/api`. Types of the web interface and the CLI come from here. */
export const contract = {
  auth,
  users,
  threads,
  handover,
  mentions,
  cases,
  drafts,
  exports,
  imports,
  acknowledgements,
  live,
  stopSwitch,
  channels,
  classifier,
  names,
  officeLists,
  recap,
  trends,
  training,
  reports,
  audit,
  intakeKeys,
  health,
};
