import { List, Text, Title } from '@mantine/core';
import '@mantine/core/styles/List.layer.css';
import { useParams } from '@tanstack/react-router';
import { type ProblemCode, problemCatalog } from '../../../../shared/kernel/problem-catalog.ts';
import { TextLink } from '../../components/links.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { helpTexts } from './texts.ts';

const isCode = (text: string): text is ProblemCode => Object.hasOwn(problemCatalog, text);

function nextStep(status: number): 'next.again' | 'next.signIn' | 'next.other' {
  if (status >= 500 || status === 429) return 'next.again';
  return status === 401 ? 'next.signIn' : 'next.other';
}

/** The page that a problem's `type` points to: what the code means and what to do. */
export function ProblemScreen() {
  const t = useTexts(helpTexts);
  const language = useLanguage();
  const { code } = useParams({ from: '/shell/problems/$code' });
  const problem = isCode(code) ? problemCatalog[code] : undefined;
  return (
    <>
      <PageTitle>{problem ? t('problemTitle', { code }) : t('problemUnknown')}</PageTitle>
      {problem ? (
        <>
          <Title order={2}>{t('problemWhat')}</Title>
          <Text mb="md">{problem[language]}</Text>
          <Title order={2}>{t('problemNext')}</Title>
          <Text>{t(nextStep(problem.status))}</Text>
          <Text mb="md">{t('next.staff')}</Text>
          <Text size="sm" c="dimmed" mb="xl">
            {t('problemStatus', { status: problem.status })}
          </Text>
        </>
      ) : null}
      <Title order={2} mb="xs">
        {t('allProblems')}
      </Title>
      <List spacing={4}>
        {Object.entries(problemCatalog).map(([name, text]) => (
          <List.Item key={name}>
            <TextLink to="/problems/$code" params={{ code: name }} inherit>
              {name}
            </TextLink>{' '}
            <Text span size="sm" c="dimmed">
              {text[language]}
            </Text>
          </List.Item>
        ))}
      </List>
    </>
  );
}
