import { Button, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClosureId, ClosureReport } from '../../../../shared/contracts/closures.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailedPage } from '../../components/failed-page.tsx';
import { TextLink } from '../../components/links.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { ClosureRows } from './closure-rows.tsx';
import { ClosureWaits } from './closure-waits.tsx';
import styles from './closures.module.css';
import { isAtWork, useClosureReport, useLift } from './closures.ts';
import { StatusMark } from './status-mark.tsx';
import { closureTexts } from './texts.ts';
import { amountText, whenText } from './words.ts';

/** One closure: how far it has come, what became of everybody, whom to call, and opening again. */
export function ClosureScreen() {
  const t = useTexts(closureTexts);
  const language = useLanguage();
  const { centerId, closureId } = useParams({ from: '/shell/signed-in/desk/$centerId/closures/$closureId' });
  const report = useClosureReport(centerId, closureId);
  if (!report.data)
    return report.error ? <FailedPage error={report.error} onRetry={() => void report.refetch()} /> : <LoadingPage />;
  const { closure, totals } = report.data;
  const name = inLanguage(closure.title, language);
  return (
    <div className={styles.closures}>
      <TextLink to="/desk/$centerId/closures" params={{ centerId }} size="sm">
        {t('backToList')}
      </TextLink>
      <PageTitle mb="xs" documentTitle={name}>
        {name} · {whenText(closure.what, language, (values) => t('days', values))}
      </PageTitle>
      <Text mb="sm">{inLanguage(closure.reason, language)}</Text>
      <div className={styles.head}>
        <StatusMark status={closure.status} />
        {closure.status === 'lifted' ? null : <Lift centerId={centerId} closureId={closureId} />}
      </div>
      <Progress report={report.data} />
      <Title order={2} mt="lg" mb="xs">
        {t('report')}
      </Title>
      {totals.refundFen > 0 ? <Text mb="sm">{t('refundTotal', { amount: amountText(totals.refundFen) })}</Text> : null}
      {totals.affected > 0 ? <ClosureRows report={report.data} /> : <Text>{t('nobodyWas')}</Text>}
      <ClosureWaits report={report.data} />
    </div>
  );
}

function Progress({ report: { closure, totals, lineTotals } }: { report: ClosureReport }) {
  const t = useTexts(closureTexts);
  const all = totals.affected + lineTotals.inLine;
  const done = all - totals.waiting - lineTotals.waiting;
  const text = t('progress', { done, all });
  return (
    <div role="status">
      {isAtWork(closure) ? (
        <div className={styles.progress}>
          <progress max={Math.max(1, all)} value={done} aria-label={text} />
          <span className="numbers">{text}</span>
        </div>
      ) : null}
    </div>
  );
}

function Lift({ centerId, closureId }: { centerId: CenterId; closureId: ClosureId }) {
  const t = useTexts(closureTexts);
  const lift = useLift(centerId);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('lift')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('liftTitle')}
        yes={t('liftYes')}
        no={t('liftNo')}
        pending={lift.isPending}
        error={lift.error}
        onYes={() => lift.mutate(closureId, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('liftText')}</Text>
      </ConfirmDialog>
    </>
  );
}
