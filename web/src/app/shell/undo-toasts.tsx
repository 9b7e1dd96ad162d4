import { Alert, Button } from '@mantine/core';
import { closeOutcome, undo, useHeld } from '../../shared/held-acts.ts';
import { useWords, words } from '../../shared/language.tsx';
import { useErrorWords } from '../../shared/states.tsx';
import { useKeys } from '../../shared/use-keys.ts';

const texts = words(
  {
    undo: 'Urungkan (u)',
    more: (n: number) => `dan ${n} tindakan lain menunggu`,
    partly: (label: string, done: number, failed: number) => `${label}: ${done} berhasil, ${failed} gagal`,
    close: 'Tutup',
    area: 'Tindakan yang masih dapat diurungkan',
  },
  {
    undo: 'Undo (u)',
    more: (n: number) => `and ${n} more acts wait`,
    partly: (label: string, done: number, failed: number) => `${label}: ${done} done, ${failed} failed`,
    close: 'Close',
    area: 'Acts that can still be undone',
  },
);

/** Toasts at once; the others are counted. */
const shownAtOnce = 3;

/** What was decided and still can be taken back, and what failed. */
export function UndoToasts() {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  const { acts, outcomes } = useHeld();
  useKeys({ u: acts.length > 0 ? () => undo() : undefined });
  const hidden = acts.length - shownAtOnce;
  return (
    <section className="toasts" aria-label={say.area} aria-live="polite">
      {outcomes.map((outcome) => (
        <Alert
          key={outcome.id}
          color="red"
          withCloseButton
          closeButtonLabel={say.close}
          onClose={() => closeOutcome(outcome.id)}
          title={say.partly(outcome.label, outcome.done, outcome.failures.length)}
        >
          <ul>
            {outcome.failures.map((failure) => (
              <li key={failure.what}>
                {failure.what}: {wordsOf(failure.error)}
              </li>
            ))}
          </ul>
        </Alert>
      ))}
      {hidden > 0 && <div className="toast">{say.more(hidden)}</div>}
      {acts.slice(-shownAtOnce).map((act) => (
        <div className="toast" key={act.id}>
          <span>{act.label}</span>
          <Button size="compact-sm" variant="white" onClick={() => undo(act.id)}>
            {say.undo}
          </Button>
        </div>
      ))}
    </section>
  );
}
