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
import './service-icon.css';

const icons = {
  childcare: IconMoodKid,
  'elder-care': IconArmchair,
  medical: IconStethoscope,
  food: IconSoup,
  leisure: IconPalette,
  affairs: IconFileText,
  other: IconApps,
} as const satisfies Record<Service, unknown>;

/** The picture of one of the six services, in its own quiet color. Decoration: the name stands beside it. */
export function ServiceIcon({ service, size = 40 }: { service: Service; size?: number }) {
  const Icon = icons[service];
  return (
    <span className={`service-icon service-${service}`} style={{ '--size': `${size / 16}rem` }} aria-hidden="true">
      <Icon stroke={1.6} />
    </span>
  );
}
