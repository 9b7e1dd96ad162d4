import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { capabilityOf } from '../../approve/checks.ts';
import { RefusedError } from '../../core/errors.ts';
import { type CaseVerb, caseVerbs } from '../../domain/case.ts';
import { roleMay } from '../../domain/policies.ts';
import { findMention, mentions } from '../../store/mentions.ts';
import type { Asking } from '../../store/thread-query.ts';
import { listRepliesWithCase, messagesOf } from '../../store/threads.ts';
import { claimCaseBy, moveCaseBy, noteOnCase } from '../case-acts.ts';
import { PageRequest } from '../contract/base.ts';
import { ThreadFilter } from '../contract/inbox.ts';
import type { ApiDeps } from '../deps.ts';
import { openCase, openMention, openReply } from '../desk.ts';
import type { Env } from '../guards.ts';
import { statusOf } from '../problem.ts';
import { actOnReply } from '../reply-acts.ts';
import { askingFor, countOf, threadLines, threadPage } from '../thread-lists.ts';
import { matterOfCase, matterOfReply, mentionView } from '../views.ts';
import { casePage, mentionPage } from './case-page.ts';
import { draftButtons, draftPage } from './draft-page.ts';
import { readForm } from './form-token.ts';
import { agencyChoices, askedBy, frameOf, namesOf, scopeOfCaller } from './frame.ts';
import { type Inbox, inboxPage, pageViews } from './inbox-page.ts';
import { bothTexts, refusedPage } from './login-page.ts';

const numbers = new Intl.NumberFormat('id-ID');

type InboxFilter = Inbox['filter'];

async function countWords(deps: ApiDeps, filter: InboxFilter, asking: Asking): Promise<string> {
  const { count, more } = await countOf(deps, filter, asking);
  return more ? `${numbers.format(count)}+` : numbers.format(count);
}

/** A filter that makes no sense shows everything instead of an error: it came in a link. */
const InboxQuery = z.object({
  view: ThreadFilter.shape.view.catch('semua'),
  agency: ThreadFilter.shape.agency.catch(undefined).transform((id) => id || undefined),
  platform: ThreadFilter.shape.platform.catch(undefined),
  cursor: PageRequest.cursor.catch(undefined),
});

const Version = z.coerce.number().int().min(0).catch(-1);

async function inbox(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const user = c.get('user');
  if (user && !roleMay(user, 'case.view')) return c.redirect('/ringan/rekap', 303);
  const { scope, user: caller } = scopeOfCaller(c);
  const asking = askingFor(deps, caller, scope);
  const { cursor, ...filter } = InboxQuery.parse(c.req.query());
  const page = await threadPage(deps, filter, asking, { cursor, limit: 50 });
  const counts = await Promise.all(
    pageViews.map(async (view) => ({ view, words: await countWords(deps, { ...filter, view }, asking) })),
  );
  const agencies = scope.agency === null ? agencyChoices(deps) : [];
  const rows = await threadLines(deps, page.rows, asking);
  return c.html(
    inboxPage(
      await frameOf(c, deps),
      { filter, rows, nextCursor: page.nextCursor, counts, agencies },
      namesOf(deps),
    ),
  );
}

async function oneCase(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const { user, case: one } = await openCase(askedBy(c, deps), 'case.view', c.req.param('number') ?? '');
  const { scope } = scopeOfCaller(c);
  const messages = (await messagesOf(deps.db, one)).map((mention) => mentionView(mention, one));
  const replies = await listRepliesWithCase(deps.db, { caseId: one._id, scope }, { limit: 50, after: null });
  const page = {
    user,
    case: one,
    matter: matterOfCase(one),
    messages,
    replies: replies.map(({ reply }) => reply),
    agencies: agencyChoices(deps),
  };
  return c.html(casePage(await frameOf(c, deps), page, namesOf(deps)));
}

async function oneDraft(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const { user, reply, case: one } = await openReply(askedBy(c, deps), 'draft.view', c.req.param('id') ?? '');
  const mention = await findMention(mentions(deps.db), reply.target.mentionId);
  const capability = await capabilityOf(deps.review, reply);
  const page = {
    user,
    reply,
    case: one,
    matter: matterOfReply(reply, one),
    message: mention && mentionView(mention, one),
    length: deps.review.connectorFor(reply.target.channelId)?.measure(reply.text) ?? null,
    byHand: capability.by === 'hand' ? capability.reason.id : null,
  };
  return c.html(draftPage(await frameOf(c, deps), page));
}

/** A stale edit shows both texts, so that nothing typed is lost. */
async function saveDraft(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const form = await readForm(c);
  const text = (form.text ?? '').replaceAll('\r\n', '\n');
  try {
    await actOnReply(askedBy(c, deps), 'edit', { id, version: Version.parse(form.version), text });
    return c.redirect(`/ringan/draf/${encodeURIComponent(id)}?ok=simpan`, 303);
  } catch (error) {
    if (!(error instanceof RefusedError) || typeof error.details.text !== 'string') throw error;
    const frame = { ...(await frameOf(c, deps)), path: `/ringan/draf/${encodeURIComponent(id)}` };
    return c.html(
      refusedPage(frame, error.words.id, bothTexts(text, error.details.text)),
      statusOf[error.code],
    );
  }
}

async function moveDraft(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const [id, path] = [c.req.param('id') ?? '', c.req.param('act')];
  const button = draftButtons.find((one) => one.path === path);
  if (!button) return c.notFound();
  const form = await readForm(c);
  await actOnReply(askedBy(c, deps), button.act, {
    id,
    version: Version.parse(form.version),
    reason: form.reason ?? '',
    url: form.url || null,
  });
  return c.redirect(`/ringan/draf/${encodeURIComponent(id)}?ok=${button.path}`, 303);
}

async function moveCase(c: Context<Env>, deps: ApiDeps): Promise<Response> {
  const [number, act] = [c.req.param('number') ?? '', c.req.param('act')];
  const form = await readForm(c);
  const asked = askedBy(c, deps);
  const version = Version.parse(form.version);
  const here = `/ringan/aduan/${encodeURIComponent(number)}`;
  switch (act) {
    case 'pindah': {
      const verb = z.enum(caseVerbs).safeParse(form.verb);
      if (!verb.success) return c.notFound();
      const move: { verb: CaseVerb; version: number } = { verb: verb.data, version };
      await moveCaseBy(asked, number, { ...move, agency: form.agency || null, note: form.note || null });
      return c.redirect(`${here}?ok=pindah`, 303);
    }
    case 'ambil':
      await claimCaseBy(asked, number, version);
      return c.redirect(`${here}?ok=ambil`, 303);
    case 'catatan':
      await noteOnCase(asked, number, (form.text ?? '').trim());
      return c.redirect(`${here}?ok=catatan`, 303);
    case 'draf': {
      const { user, case: one } = await openCase(asked, 'draft.write', number);
      const reply = await deps.composer.write(user, {
        case: one,
        text: null,
        templateId: null,
        key: null,
      });
      return c.redirect(`/ringan/draf/${encodeURIComponent(reply._id)}?ok=dibuat`, 303);
    }
    default:
      return c.notFound();
  }
}

/** Inbox, case, message and draft. */
export function deskPages(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (c) => inbox(c, deps));
  app.get('/aduan/:number', (c) => oneCase(c, deps));
  app.post('/aduan/:number/:act', (c) => moveCase(c, deps));
  app.get('/pesan/:id', async (c) => {
    const { mention, case: one } = await openMention(askedBy(c, deps), c.req.param('id'));
    return c.html(mentionPage(await frameOf(c, deps), mentionView(mention, one), namesOf(deps)));
  });
  app.get('/draf/:id', (c) => oneDraft(c, deps));
  app.post('/draf/:id/simpan', (c) => saveDraft(c, deps));
  app.post('/draf/:id/:act', (c) => moveDraft(c, deps));
  return app;
}
