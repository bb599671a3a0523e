import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { defineTexts, useLanguage, useTexts } from '../lib/i18n.ts';
import { ConnectionError, ProblemError } from '../lib/problem.ts';
import { TextLink } from './links.tsx';

const texts = defineTexts('failure', {
  zh: {
    connection: '没有连上服务器',
    connectionText: '您填写的内容已保留。请检查网络后再试；重复提交不会重复预约。',
    unexpected: '出错了',
    unexpectedText: '您填写的内容已保留，请稍后再试。',
    trace: '如需帮助，请报编号 {{id}}',
    retry: '再试一次',
    signIn: '登录后回到这里',
  },
  en: {
    connection: 'The server could not be reached',
    connectionText: 'What you typed is kept. Check the network and try again; sending twice does not book twice.',
    unexpected: 'Something went wrong',
    unexpectedText: 'What you typed is kept; try again shortly.',
    trace: 'If you need help, quote {{id}}',
    retry: 'Try again',
    signIn: 'Sign in and come back here',
  },
});

type Props = {
  error: Error;
  /** Offered when a repeat makes sense. */
  onRetry?: () => void;
  /** What to do next, where this refusal has an obvious way on. */
  children?: ReactNode;
};

/** Why something did not work, in plain words, and what to do next. Announced at once. */
export function Failure({ error, onRetry, children }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const here = useLocation({ select: ({ href }) => href });
  const problem = error instanceof ProblemError ? error : undefined;
  const lost = error instanceof ConnectionError;
  const title = problem ? problem.text(language) : t(lost ? 'connection' : 'unexpected');
  const broken = problem !== undefined && problem.problem.status >= 500;
  const repeatable = onRetry && (!problem || broken || problem.problem.status === 429);
  return (
    <Alert
      role="alert"
      color="lychee"
      variant="light"
      icon={lost ? <IconWifiOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={title}
    >
      {problem ? null : <Text size="sm">{t(lost ? 'connectionText' : 'unexpectedText')}</Text>}
      {broken && problem.problem.traceId ? (
        <Text size="sm">{t('trace', { id: problem.problem.traceId.slice(0, 8) })}</Text>
      ) : null}
      {problem?.problem.status === 401 && !here.startsWith('/sign-in') ? (
        <TextLink to="/sign-in" search={{ from: here }} inherit>
          {t('signIn')}
        </TextLink>
      ) : null}
      {children}
      {repeatable ? (
        <Group mt="sm">
          <Button size="sm" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        </Group>
      ) : null}
    </Alert>
  );
}
