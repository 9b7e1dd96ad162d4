import { Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { api } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { numberText } from '../shared/number-text.ts';
import { usePlatformNames } from '../shared/platform-names.ts';
import { useNames } from '../shared/queries.ts';
import { dayAndTime } from '../shared/when.ts';
import { reportWords } from './words.ts';

type Report = Awaited<ReturnType<typeof api.reports.get>>;
type Figures = Report['figures'];

/** Agencies on the page; all of them are in the file. */
const shownAgencies = 8;

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h6">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** A small table: names, then numbers. */
function Rows({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly name: string; readonly numbers: readonly number[] }[];
}) {
  const { language } = useLanguage();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          {heads.map((head) => (
            <Table.Th key={head}>{head}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, numbers }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            {numbers.map((number, at) => (
              <Table.Td key={heads[at + 1]}>{numberText(number, language)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Totals({ figures }: { readonly figures: Figures }) {
  const { language } = useLanguage();
  const say = useWords(reportWords);
  const { before } = figures;
  return (
    <dl className="totals">
      {(['in', 'answered', 'late'] as const).map((key) => (
        <div key={key}>
          <dt>{say[key]}</dt>
          <dd>{numberText(figures[key], language)}</dd>
          <dd>{say.change(figures[key], before[key])}</dd>
        </div>
      ))}
      <div>
        <dt>{say.waiting}</dt>
        <dd>{numberText(figures.waiting, language)}</dd>
        <dd>{say.secret(figures.secret)}</dd>
      </div>
    </dl>
  );
}

function Subjects({ figures }: { readonly figures: Figures }) {
  const say = useWords(reportWords);
  const { subject } = useNames();
  const place = (one: { readonly subject: string | null; readonly kecamatan: string | null }) =>
    `${subject(one.subject) ?? say.undecided}, ${one.kecamatan ?? say.nowhere}`;
  const { viral, topSubjects } = figures;
  return (
    <Part title={say.top}>
      <Rows
        heads={[say.subject, say.in, say.waiting]}
        rows={topSubjects.map((one) => ({ name: place(one), numbers: [one.in, one.waiting] }))}
      />
      {viral && (
        <Text size="sm" mt={4}>
          <strong>{say.viral}:</strong> {place(viral)}: {say.usual(viral.in, viral.usual, viral.waiting)}
        </Text>
      )}
    </Part>
  );
}

function Silent({ figures }: { readonly figures: Figures }) {
  const say = useWords(reportWords);
  const platformNames = usePlatformNames();
  const { language } = useLanguage();
  const { agency } = useNames();
  return (
    <div className="halves">
      <Part title={say.silent}>
        {figures.silentAgencies.length === 0 && <p>{say.noneSilent}</p>}
        <ul>
          {figures.silentAgencies.map((row) => (
            <li key={row.key}>
              {agency(row.key)}: {say.waits(row.waiting)}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={say.blind}>
        {figures.blindChannels.length === 0 && <p>{say.noneBlind}</p>}
        <ul>
          {figures.blindChannels.map((one) => (
            <li key={one.channelId}>
              {platformNames[one.platform] ?? one.platform} {one.account}: {say.trouble[one.state]}
              {one.lastReadAt && `, ${say.lastRead} ${dayAndTime(one.lastReadAt, language)}`}
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

/** The report as a letter of the office, on one sheet of A4. */
export function ReportSheet({ report, demo }: { readonly report: Report; readonly demo: boolean }) {
  const say = useWords(reportWords);
  const { language } = useLanguage();
  const { agency, letterhead } = useNames();
  const { figures } = report;
  const { messages } = figures;
  return (
    <article className="sheet" aria-label={say.title}>
      <header>
        <strong>{letterhead.government}</strong>
        <span>{letterhead.office}</span>
      </header>
      <Title order={2} size="h4" ta="center">
        {letterhead.heading}
      </Title>
      <Text ta="center" size="sm">
        {dayAndTime(figures.from, language)} – {dayAndTime(figures.to, language)}
        {demo && (
          <>
            {' · '}
            <strong>DATA SIMULASI</strong>
          </>
        )}
      </Text>
      <Totals figures={figures} />
      <Subjects figures={figures} />
      <Silent figures={figures} />
      <Part title={say.perAgency}>
        <Rows
          heads={[say.agency, say.in, say.answered, say.late, say.waiting]}
          rows={figures.byAgency.slice(0, shownAgencies).map((row) => ({
            name: agency(row.key) ?? say.undecided,
            numbers: [row.in, row.answered, row.late, row.waiting],
          }))}
        />
        {figures.byAgency.length > shownAgencies && (
          <Text size="xs">{say.moreAgencies(figures.byAgency.length - shownAgencies)}</Text>
        )}
      </Part>
      <Text size="sm">
        {say.outside(messages.praise, messages.notComplaints, messages.spam, messages.total)}
      </Text>
      <footer>
        {say.until(dayAndTime(figures.to, language))} · {say.numbered(report._id)} · {say.by(report.by)}
      </footer>
    </article>
  );
}
