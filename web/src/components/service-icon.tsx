import {
  IconApps,
  IconArmchair,
  IconFileText,
  IconMoodKid,
  IconPalette,
  IconSoup,
  IconStethoscope,
} from '@tabler/icons-react';
import type { Service } from '../../../shared/contracts/common.ts';
import { classes } from '../lib/classes.ts';
import styles from './service-icon.module.css';

const icons = {
  childcare: IconMoodKid,
  'elder-care': IconArmchair,
  medical: IconStethoscope,
  food: IconSoup,
  leisure: IconPalette,
  affairs: IconFileText,
  other: IconApps,
} as const satisfies Record<Service, unknown>;

type Props = { service: Service; size?: number; className?: string | undefined };

/** The picture of one of the six services, in its own quiet color. Decoration: the name stands beside it. */
export function ServiceIcon({ service, size = 40, className }: Props) {
  const Icon = icons[service];
  return (
    <span
      className={classes(styles.icon, styles[`service-${service}`], className)}
      style={{ '--size': `${size / 16}rem` }}
      aria-hidden="true"
    >
      <Icon stroke={1.6} />
    </span>
  );
}
