import { IconCircleCheck, IconLoader2, IconLockOpen } from '@tabler/icons-react';
import type { Closure } from '../../../../shared/contracts/closures.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './closures.module.css';
import { isAtWork } from './closures.ts';
import { closureTexts } from './texts.ts';

/** How far a closure has come, in words and by a sign. */
export function StatusMark({ status }: Pick<Closure, 'status'>) {
  const t = useTexts(closureTexts);
  const Icon = isAtWork({ status }) ? IconLoader2 : status === 'lifted' ? IconLockOpen : IconCircleCheck;
  return (
    <span className={classes(styles.status, styles[`status-${status}`])} data-status={status}>
      <Icon size="1rem" aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
