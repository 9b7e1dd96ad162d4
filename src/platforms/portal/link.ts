import type { PortalId } from '../../domain/elsewhere.ts';
import { importedNativeId } from '../../domain/imported-id.ts';

/** Where each portal lives. SAPAMAS has no address of its own that was found (November 2026). */
const hosts: Readonly<Record<string, PortalId>> = {
  'lapor.go.id': 'sp4n',
  'www.lapor.go.id': 'sp4n',
  'laporgub.jatengprov.go.id': 'laporgub',
};

const number = /^[A-Z]{0,6}-?\d{4,12}$/i;

/**
 * The report that a portal's link leads to, by the identity that it has in the portal's own file: the last part of the
 * path, or a parameter, that looks like its number. How the portals build their links is an assumption [U].
 */
export function readPortalLink(link: string): { nativeId: string; handle: null; postedAt: null } | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  const portal = url && hosts[url.hostname.toLowerCase()];
  if (!url || !portal) return null;
  const parts = [...url.searchParams.values(), ...url.pathname.split('/').reverse()];
  const id = parts.find((part) => number.test(part));
  return id === undefined ? null : { nativeId: importedNativeId(portal, id), handle: null, postedAt: null };
}
