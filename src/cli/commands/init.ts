import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { ConfigError } from '../../core/config.ts';
import { print } from '../output.ts';
import type { AddCommand } from './command.ts';

/** What `init` writes: fresh keys, and a line for each setting of a channel. */
export function envTemplate(): string {
  return `# Tanggap, mode sungguhan / live mode. Isi lalu jalankan / fill in, then: docs/how-to/run-in-production.md
TANGGAP_MODE=live
TANGGAP_AUDIT_KEY=${randomBytes(32).toString('hex')}
TANGGAP_SECRET_KEY=${randomBytes(32).toString('hex')}
MONGODB_URL=
REDIS_URL=
PORT=3000
PUBLIC_URL=

# Setiap kanal langkah demi langkah / every channel step by step: docs/channels.md. Sesudah mengisi / after filling in: npx tanggap doctor
# X: docs/channels.md#x. Token with user context (tweet.read users.read tweet.write)
# OAuth 2.0 (with offline.access): the refresh token and the app's client too, the token is then renewed by itself
X_ACCESS_TOKEN=
X_REFRESH_TOKEN=
X_CLIENT_ID=
X_CLIENT_SECRET=
X_ACCOUNT_ID=
X_ACCOUNT_HANDLE=
X_KEYWORDS=
X_MONTHLY_USD=50

# Instagram: docs/channels.md#instagram
INSTAGRAM_TOKEN=
INSTAGRAM_ACCOUNT_ID=
INSTAGRAM_ACCOUNT_NAME=
INSTAGRAM_APP_SECRET=

# Facebook: docs/channels.md#facebook. A Page token, not a user token
FACEBOOK_TOKEN=
FACEBOOK_PAGE_ID=
FACEBOOK_PAGE_NAME=
FACEBOOK_APP_ID=
FACEBOOK_APP_SECRET=

# WhatsApp Cloud API: docs/how-to/whatsapp-and-webhooks.md, and webhooks of Facebook and Instagram (they need META_VERIFY_TOKEN and a PUBLIC_URL with https)
META_VERIFY_TOKEN=${randomBytes(16).toString('hex')}
WHATSAPP_TOKEN=
WHATSAPP_PHONE_NUMBER_ID=
WHATSAPP_NUMBER_NAME=
WHATSAPP_BUSINESS_ID=
WHATSAPP_APP_SECRET=
WHATSAPP_ANSWER_TEMPLATE=

# Surat ke OPD, alarm dan jawaban lewat surel / mail to agencies, alarms and answers by mail
SMTP_URL=
MAIL_FROM=

# Situs web dan portal tidak perlu kredensial; hapus yang tidak dipakai / website and portals need none; take out what is not used: docs/how-to/website-and-portals.md
OWN_CHANNELS=website,sp4n,laporgub,sapamas
# Kunci masukan / intake keys: npx tanggap intake-key
# Folder yang dipantau untuk berkas ekspor kanal / watched folder for the portals' export files
TANGGAP_IMPORT_DIR=
`;
}

/** `init`: an `.env` for live mode with fresh keys. Never overwrites one. */
export const addInit: AddCommand = (program) => {
  program
    .command('init')
    .description('menulis .env untuk mode sungguhan / writes .env for live mode')
    .action(async () => {
      await writeFile('.env', envTemplate(), { mode: 0o600, flag: 'wx' }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error;
          throw new ConfigError('.env sudah ada dan tidak ditimpa. / .env exists and is not overwritten.');
        },
      );
      print(
        '.env ditulis. Isi kredensial, lalu "npx tanggap doctor". / .env written. Fill it in, then run doctor.',
      );
    });
};
