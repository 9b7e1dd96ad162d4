import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export type Language = 'id' | 'en';

/** The same words in both languages: English may lack none of them. */
interface Words<Id> {
  readonly id: Id;
  readonly en: Id;
}

type Loose<Value> = Value extends string ? string : Value;

/** Words of one part of the screen, kept beside it. Indonesian is the source. */
export function words<Id extends Readonly<Record<string, unknown>>>(
  id: Id,
  en: { readonly [Key in keyof Id]: Loose<Id[Key]> },
): Words<{ readonly [Key in keyof Id]: Loose<Id[Key]> }> {
  return { id: id as { readonly [Key in keyof Id]: Loose<Id[Key]> }, en };
}

const Chosen = createContext<{ readonly language: Language; readonly choose: (to: Language) => void }>({
  language: 'id',
  choose: () => {},
});

const keptUnder = 'tanggap-bahasa';

/** The language stays chosen on this computer. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(() =>
    localStorage.getItem(keptUnder) === 'en' ? 'en' : 'id',
  );
  useEffect(() => {
    localStorage.setItem(keptUnder, language);
    document.documentElement.lang = language;
  }, [language]);
  return <Chosen value={{ language, choose }}>{children}</Chosen>;
}

export function useLanguage() {
  return useContext(Chosen);
}

export function useWords<Id>(both: Words<Id>): Id {
  return both[useContext(Chosen).language];
}
