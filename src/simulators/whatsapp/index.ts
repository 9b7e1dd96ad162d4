import { RefusedError } from '../../core/errors.ts';
import { type Access, newSwitches, throttle } from '../graph/access.ts';
import { graphError } from '../graph/answers.ts';
import { unknownPath } from '../graph/frame.ts';
import type { GraphSimulatorOptions } from '../graph/start.ts';
import { Faults } from '../kit/faults.ts';
import { Ledger } from '../kit/ledger.ts';
import { serveSimulator } from '../kit/serve.ts';
import { addSimPage } from '../kit/sim-page.ts';
import { Webhooks } from '../kit/webhooks.ts';
import type { NewPost, SimulatedPost, Simulator } from '../simulator.ts';
import { messageEntry } from './events.ts';
import { Messages, numberOf } from './messages.ts';
import { addWhatsappRoutes } from './routes.ts';
import type { WhatsappState, WhatsappSwitches } from './state.ts';

const TOKEN = 'SIM-WHATSAPP-SYSTEM-TOKEN';
const ACCOUNT = { id: '106500000000001', name: 'Aduan Karanganyar (sim)' };
const BUSINESS_ID = '419500000000001';

export interface WhatsappSimulator extends Simulator {
  readonly appSecret: string;
  readonly businessId: string;
  readonly webhooks: Webhooks;
  readonly switches: WhatsappSwitches;
  readonly media: WhatsappState['media'];
  /** A message of any kind, for example `{type: 'location', location: {…}}`. */
  send(author: string, content: object, at?: Date): SimulatedPost;
  /** What the office sent to this number, oldest first: what its owner reads on his telephone. */
  textsTo(number: string): readonly string[];
}

/** A local WhatsApp Cloud API with one number: it takes messages of the office and delivers those of citizens. */
export async function startWhatsappSimulator(options: GraphSimulatorOptions): Promise<WhatsappSimulator> {
  const { dir, clock, port, account = ACCOUNT } = options;
  const appSecret = 'sim-whatsapp-app-secret';
  const switches: WhatsappSwitches = {
    ...newSwitches(TOKEN),
    refuseCode: null,
    refuseStatus: 400,
    failLaterCode: null,
    reports: true,
    read: false,
    businessScopedIds: false,
    subscribed: false,
    templates: new Map([
      ['kabar_aduan', 1],
      ['disposisi_aduan', 4],
      ['kode_aduan', 1],
      ['jawaban_aduan', 1],
      ['pengingat_aduan', 3],
      ['darurat_aduan', 2],
      ['gangguan_kanal', 3],
      ['kanal_pulih', 3],
    ]),
  };
  const faults = new Faults(clock);
  const ledger = new Ledger(dir);
  const messages = new Messages(dir);
  const media: WhatsappState['media'] = new Map();
  const webhooks = new Webhooks({ dir, object: 'whatsapp_business_account', appSecret });
  const state: WhatsappState = {
    clock,
    messages,
    webhooks,
    account,
    businessId: BUSINESS_ID,
    switches,
    media,
  };
  const access: Access = { appSecret, account, switches, usageType: 'whatsapp', throttleCode: 80_007 };

  const posted = (id: string): SimulatedPost => {
    const found = messages.simulated().find(({ nativeId }) => nativeId === id);
    if (!found) throw new Error(`no message ${id}`);
    return found;
  };
  const send = (author: string, text: string, content: object, at?: Date): SimulatedPost => {
    const message = messages.add({
      person: numberOf(author),
      author,
      byOffice: false,
      text,
      at: at ?? clock.now(),
      context: null,
    });
    webhooks.queue(messageEntry(state, message, content));
    return posted(message.id);
  };
  const simulator = {
    platform: 'whatsapp' as const,
    account,
    token: TOKEN,
    faults,
    ledger,
    write: ({ author, text, at, media: [picture] = [] }: NewPost) =>
      send(author, text, picture === undefined ? textOf(text) : pictureOf(picture, text), at),
    writeAsOffice({ text, at, parentNativeId }: Omit<NewPost, 'author'>) {
      const person = messages.find(parentNativeId ?? '')?.person ?? numberOf('warga');
      const context = parentNativeId ?? null;
      const author = account.name;
      return posted(
        messages.add({ person, author, byOffice: true, text, at: at ?? clock.now(), context }).id,
      );
    },
    edit: () => notHere('mengubah', 'edited'),
    delete: () => notHere('menghapus', 'deleted'),
    hide: () => notHere('menyembunyikan', 'hidden'),
    posts: () => messages.simulated(),
  };
  const server = await serveSimulator({
    clock,
    faults,
    ledger,
    ...(port !== undefined && { port }),
    page: (app) =>
      addSimPage(app, {
        clock,
        simulator,
        title: 'WhatsApp',
        hint: 'Warga menulis ke nomor aduan. Jawaban kantor muncul di percakapan yang sama. Nama akun yang sama berarti nomor yang sama.',
      }),
    routes: (app) => addWhatsappRoutes(app, state, access),
    unknown: unknownPath,
    rateLimited: (c) => graphError(c, throttle(access)),
  });
  return {
    ...simulator,
    appSecret,
    businessId: BUSINESS_ID,
    webhooks,
    switches,
    media,
    send: (author, content, at) => send(author, '', content, at),
    textsTo: (number) => messages.textsTo(number),
    baseUrl: server.baseUrl,
    async [Symbol.asyncDispose]() {
      await webhooks[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      messages.close();
      ledger.close();
    },
  };
}

function textOf(body: string): object {
  return { type: 'text', text: { body } };
}

/** @param id of the file; whose bytes are asked for by it */
function pictureOf(id: string, caption: string): object {
  return { type: 'image', image: { id, mime_type: 'image/jpeg', caption } };
}

/** The Cloud API tells nothing of it. */
function notHere(id: string, en: string): never {
  throw new RefusedError('not-possible', {
    id: `WhatsApp tidak memberi tahu kantor bila warga ${id} pesan.`,
    en: `WhatsApp does not tell the office when a message is ${en}.`,
  });
}
