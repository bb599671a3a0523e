import { Link } from '@tanstack/react-router';
import type { Service } from '../../../../shared/contracts/common.ts';
import { ServiceIcon } from '../../components/service-icon.tsx';
import { cityTexts, sixServices } from '../../lib/city.ts';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './service-tiles.module.css';
import { centersTexts } from './texts.ts';

/** The six services. Choosing one narrows the centers; choosing it again shows all. */
export function ServiceTiles({ chosen }: { chosen: Service | undefined }) {
  const t = useTexts(cityTexts);
  const own = useTexts(centersTexts);
  return (
    <nav aria-label={own('services')}>
      <ul className={classes(styles.tiles, 'plain-list')}>
        {sixServices.map((service) => (
          <li key={service}>
            <Link
              to="/"
              search={({ service: _, ...before }) => (service === chosen ? before : { ...before, service })}
              activeProps={{}}
              className={styles.tile}
              aria-current={service === chosen ? 'true' : undefined}
              replace
              resetScroll={false}
            >
              <ServiceIcon service={service} size={44} />
              <span className={styles.name}>{t(`service.${service}`)}</span>
              <span className={styles.hint}>{t(`serviceHint.${service}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
