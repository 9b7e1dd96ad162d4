import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { numberText } from '../../shared/number-text.ts';
import { useNames } from '../../shared/queries.ts';
import { Failed, isGone, Loading } from '../../shared/states.tsx';
import { day } from '../../shared/when.ts';
import { type FiguresAnswer, figuresQuery } from './queries.ts';
import { classifierWords } from './words.ts';

interface Props {
  readonly figures: FiguresAnswer;
}

function Precision({ figures }: Props) {
  const say = useWords(classifierWords);
  const { language } = useLanguage();
  const names = useNames();
  const nameOf = (agency: string | null) =>
    agency === null ? say.all : agency === 'bukan_aduan' ? say.bukan_aduan : names.agency(agency);
  const cell = (right: number, of: number) =>
    of < figures.leastForShare ? say.tooFew(of) : say.share(Math.round((100 * right) / of), right, of);
  return (
    <section aria-labelledby="ketepatan">
      <Title order={2} size="h5" id="ketepatan">
        {say.precision}
      </Title>
      <Text size="sm">{say.least(figures.leastForShare)}</Text>
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.agency}</Table.Th>
              {figures.stretches.map((from) => (
                <Table.Th key={from}>{say.from(day(from, language))}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {figures.precision.map(({ agency, stretches }) => (
              <Table.Tr key={agency}>
                <Table.Th scope="row">{nameOf(agency)}</Table.Th>
                {stretches.map(({ right, wrong }, at) => (
                  <Table.Td key={figures.stretches[at]}>{cell(right, right + wrong)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

/** Each pair leads to its messages in the inbox. */
function Confusions({ figures }: Props) {
  const say = useWords(classifierWords);
  const names = useNames();
  const nameOf = (key: string) =>
    key === 'bukan_wewenang' || key === 'bukan_aduan' ? say[key] : (names.agency(key) ?? key);
  return (
    <section aria-labelledby="tertukar">
      <Title order={2} size="h5" id="tertukar">
        {say.confusions}
      </Title>
      {figures.confusions.length === 0 && <Text size="sm">{say.noConfusions}</Text>}
      <ul className="confusions">
        {figures.confusions.map(({ said, right, count }) => (
          <li key={`${said}~${right}`}>
            <Link to="/kotak-masuk" search={{ view: 'semua', mistaken: `${said}~${right}` }}>
              {say.confusion(nameOf(said), nameOf(right))}
            </Link>{' '}
            · {say.messages(count)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Weeks({ figures }: Props) {
  const say = useWords(classifierWords);
  const { language } = useLanguage();
  const share = (part: number, of: number) =>
    of === 0 ? '–' : `${numberText(part, language)} (${Math.round((100 * part) / of)}%)`;
  return (
    <section aria-labelledby="per-minggu">
      <Title order={2} size="h5" id="per-minggu">
        {say.weeks}
      </Title>
      <Table.ScrollContainer minWidth={720}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {[
                ...[say.week, say.judged, say.decided, say.undecided],
                ...[say.corrections, say.routings, say.notOurs, say.wrong],
              ].map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...figures.weeks].reverse().map((one) => (
              <Table.Tr key={one.week}>
                <Table.Th scope="row" className="nowrap">
                  {day(one.week, language)}
                </Table.Th>
                <Table.Td>{numberText(one.judged, language)}</Table.Td>
                <Table.Td>{share(one.decided, one.judged)}</Table.Td>
                <Table.Td>{one.undecided}</Table.Td>
                <Table.Td>{one.koreksi}</Table.Td>
                <Table.Td>{one.disposisi}</Table.Td>
                <Table.Td>{one.bukan_wewenang}</Table.Td>
                <Table.Td>{one.wrong}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" role="status">
        {say.askedAgain(figures.askedAgain)}
      </Text>
    </section>
  );
}

/** How right the classifier was, by what people then did. */
export function Figures() {
  const say = useWords(classifierWords);
  const query = useQuery(figuresQuery);
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  return (
    <Stack gap="xl">
      <Text size="sm">{say.explain}</Text>
      <Precision figures={query.data} />
      <Confusions figures={query.data} />
      <Weeks figures={query.data} />
    </Stack>
  );
}
