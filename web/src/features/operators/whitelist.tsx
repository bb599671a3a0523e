import { Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleOff,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react';
import type { OperatorId } from '../../../../shared/contracts/common.ts';
import type { WhitelistEntry } from '../../../../shared/contracts/operators.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { useOperator } from '../../entities/operators/operators.ts';
import { cityTexts } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { priceText } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import { daysToRenew, type EntryState, entryStateOf } from './operator-rules.ts';
import styles from './operators.module.css';
import { operatorTexts } from './texts.ts';

const icons = {
  active: IconCircleCheckFilled,
  coming: IconClock,
  expired: IconCircleOff,
  suspended: IconPlayerPause,
  removed: IconCircleOff,
} as const satisfies Record<EntryState, unknown>;

const order: readonly EntryState[] = ['active', 'coming', 'suspended', 'expired', 'removed'];

/** What the operator may serve where, until when and at what price; what has ended stays in sight, as such. */
export function Whitelist({ operatorId, today }: { operatorId: OperatorId; today: IsoDate }) {
  const t = useTexts(operatorTexts);
  const found = useOperator(operatorId);
  if (found.isPending) return <LoadingCards count={2} height={140} />;
  if (!found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const { whitelist } = found.data;
  if (whitelist.length === 0) {
    return (
      <Empty title={t('noWhitelist')}>
        <Text>{t('noWhitelistText')}</Text>
      </Empty>
    );
  }
  const rank = (entry: WhitelistEntry) => order.indexOf(entryStateOf(entry, today));
  return (
    <>
      <p className={classes(styles.soft, styles.lead)}>{t('whitelistLead')}</p>
      <ul className={classes('plain-list', styles.entries)}>
        {whitelist
          .toSorted((a, b) => rank(a) - rank(b) || (a.centerId < b.centerId ? -1 : 1))
          .map((entry) => (
            <Entry key={entry.centerId} entry={entry} today={today} />
          ))}
      </ul>
    </>
  );
}

function Entry({ entry, today }: { entry: WhitelistEntry; today: IsoDate }) {
  const t = useTexts(operatorTexts);
  const city = useTexts(cityTexts);
  const language = useLanguage();
  const nameOf = useCenterName();
  const entryState = entryStateOf(entry, today);
  const Icon = icons[entryState];
  const days = daysToRenew(entry, today);
  const services = entry.services.map((it) => city(`service.${it}`)).join(language === 'zh' ? '、' : ', ');
  const dates = { from: entry.validFrom, until: entry.validUntil, since: entry.since };
  return (
    <li className={classes('card', styles.entry, styles[`entry-${entryState}`])}>
      <h2>{nameOf(entry.centerId)}</h2>
      <p className={styles.standing}>
        <Icon aria-hidden />
        {t(`entry.${entryState}`)}
      </p>
      <p>{t(`since.${entryState}`, dates)}</p>
      <p>{t(entryState === 'active' || entryState === 'coming' ? 'mayServe' : 'mightServe', { services })}</p>
      <p>
        {entry.priceCeilingFen === undefined
          ? t('noCeiling')
          : t('ceiling', { price: priceText(entry.priceCeilingFen, language) })}
      </p>
      {days === undefined ? null : (
        <p className={styles.renew}>
          <IconAlertTriangle aria-hidden />
          {days === 0 ? t('expiresToday') : t('expiresIn', { count: days })}
        </p>
      )}
    </li>
  );
}
