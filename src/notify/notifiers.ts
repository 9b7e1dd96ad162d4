import type { Connector } from '../platforms/connector.ts';
import type { SendMail } from './mail.ts';

/** How people outside are told; absent: that way is not set up. */
export interface Notifiers {
  readonly mail?: SendMail;
  readonly whatsapp?: NonNullable<Connector['notify']>;
}
