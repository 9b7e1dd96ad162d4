import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { turnStopSwitch } from '../../src/api/office-acts.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { User } from '../../src/domain/user.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { audit } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { dueReleased } from '../../src/store/outbox.ts';
import { replies } from '../../src/store/replies.ts';
import { type Office, openOffice, statesOf } from '../support/e2e-office.ts';
import { until } from '../support/e2e-until.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

const happenings = {
  edited: ({ edit }: Simulator, id: string) => edit(id, '@aduankra_sim maaf, sudah menyala lagi'),
  deleted: ({ delete: remove }: Simulator, id: string) => remove(id),
  hidden: ({ hide }: Simulator, id: string) => hide(id, true),
  'answered by hand': ({ writeAsOffice }: Simulator, id: string) =>
    writeAsOffice({ text: 'Sudah kami tangani, terima kasih.', parentNativeId: id }),
} as const;
type Happening = keyof typeof happenings;

/** X has no hidden posts. */
const places = (what: Happening, office: Office) =>
  what === 'hidden' ? office.platforms.all.slice(1) : office.platforms.all;

const wordsFor: Readonly<Record<Happening, RegExp>> = {
  edited: /berubah/,
  deleted: /dihapus/,
  hidden: /disembunyikan/,
  'answered by hand': /dijawab langsung/,
};

// Seen failing: with lookBeforeSending made to answer "clear" (the first four) and with noteChangedMentions and
// noteOwnAnswers left out of ingest (the others): a post of ours stands under the message, or the approval stays.
const noticed = ['just before sending', 'by a poll'] as const;
test.each(
  noticed.flatMap((when) => (Object.keys(happenings) as Happening[]).map((what) => [what, when] as const)),
)(
  'a message that was %s after the approval, noticed %s, gets no post of ours, and the reason is told',
  async (what, when) => {
    const { db } = office.services.database;
    const before = office.desk.taken.length;
    await office.complain(3);
    await office.desk.releaseMore(9);
    const mine = office.desk.taken.slice(before);
    for (const simulator of places(what, office)) {
      const citizens = simulator
        .posts()
        .filter((post) => !post.byOffice)
        .slice(-3);
      for (const post of citizens) happenings[what](simulator, post.nativeId);
    }
    const touched = places(what, office).map(({ platform }) => platform);
    office.clock.advance(60_000);
    // A deletion is nothing that a list shows: it is seen at the look before sending.
    if (when === 'by a poll' && what !== 'deleted') await office.pollAll();
    else await office.send();

    const voided = await replies(db)
      .find({ _id: { $in: mine }, 'target.platform': { $in: touched } })
      .toArray();
    expect(voided).toHaveLength(3 * touched.length);
    for (const { state, approval, reason } of voided) {
      expect(['draft', 'withdrawn']).toContain(state);
      expect(approval).toBeNull();
      expect(reason).toMatch(wordsFor[what]);
    }
    await office.workOff(60_000);
    const reached = voided.map(({ target }) => target.nativeId);
    for (const { ledger } of office.platforms.all)
      expect(ledger.repliesReceived().filter(({ target }) => reached.includes(target ?? ''))).toEqual([]);
    const outside = { _id: { $in: voided.map(({ caseId }) => caseId) }, answeredBy: 'luar' } as const;
    expect(await cases(db).countDocuments(outside)).toBe(what === 'answered by hand' ? 9 : 0);
  },
);

const superadmin: User = {
  _id: 'admin' as UserId,
  name: 'Superadmin',
  role: 'superadmin',
  agency: null,
  mayPublish: false,
  demo: false,
  disabledAt: null,
};

// Seen failing: with the stop switch not read by mayLeave, 95 more leave.
test('the stop switch lets at most the reply in flight leave; the rest stays released until it is turned back', async () => {
  const { services, platforms } = office;
  const { db } = services.database;
  const before = office.desk.taken.length;
  await office.complain(34);
  await office.desk.releaseMore(100);
  const mine = office.desk.taken.slice(before);
  const sentBefore = platforms.all.reduce((sum, { ledger }) => sum + ledger.repliesReceived().length, 0);
  const deps = publishDeps(services);
  const asked = { deps: apiDeps(services, []), user: superadmin };
  const posted = () =>
    platforms.all.reduce((sum, { ledger }) => sum + ledger.repliesReceived().length, -sentBefore);
  const sendAll = async () => {
    for (const { _id, version } of await dueReleased(replies(db), office.clock.now(), 200))
      await publish(deps, _id, version);
  };

  const sending = sendAll();
  await until('some are out', 20_000, () => posted() >= 5);
  await turnStopSwitch(asked, true);
  const then = posted();
  await sending;
  expect(posted() - then).toBeLessThanOrEqual(1);
  expect(posted()).toBeLessThan(95);
  expect(await statesOf(office, mine)).toEqual({ sent: posted(), released: 100 - posted() });
  expect(await audit(db).countDocuments({ act: 'sending.stop', by: superadmin._id })).toBe(1);

  await office.workOff(60_000);
  expect(posted() - then).toBeLessThanOrEqual(1);
  await turnStopSwitch(asked, false);
  await office.workOff(60_000);
  expect(await statesOf(office, mine)).toEqual({ sent: 100 });
}, 60_000);
