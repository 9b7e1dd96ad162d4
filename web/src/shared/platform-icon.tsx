import IconBrandFacebook from '@tabler/icons-react/dist/esm/icons/IconBrandFacebook.mjs';
import IconBrandInstagram from '@tabler/icons-react/dist/esm/icons/IconBrandInstagram.mjs';
import IconBrandWhatsapp from '@tabler/icons-react/dist/esm/icons/IconBrandWhatsapp.mjs';
import IconBrandX from '@tabler/icons-react/dist/esm/icons/IconBrandX.mjs';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import IconWorld from '@tabler/icons-react/dist/esm/icons/IconWorld.mjs';
import { usePlatformNames } from './platform-names.ts';

const icons: Readonly<Record<string, typeof IconMessage>> = {
  x: IconBrandX,
  instagram: IconBrandInstagram,
  facebook: IconBrandFacebook,
  whatsapp: IconBrandWhatsapp,
  website: IconWorld,
};

/** The platform's sign with its name for those who do not see it. */
export function PlatformIcon({ platform }: { readonly platform: string }) {
  const platformNames = usePlatformNames();
  const Icon = icons[platform] ?? IconMessage;
  return (
    <span title={platformNames[platform]}>
      <Icon size={18} aria-hidden />
      <span className="visually-hidden">{platformNames[platform] ?? platform}</span>
    </span>
  );
}
