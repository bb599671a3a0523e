import { TextLink } from '../../components/links.tsx';
import { useTexts } from '../../lib/i18n.ts';
import { appTexts } from '../texts.ts';
import styles from './footer.module.css';

export function Footer() {
  const t = useTexts(appTexts);
  return (
    <footer className={styles.footer} data-part="frame">
      <svg className={styles.river} viewBox="0 0 1200 40" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 20c100-26 200 26 300 0s200-26 300 0 200 26 300 0 200-26 300 0v20H0z" />
      </svg>
      <div className={styles.inner}>
        <p>
          <strong>{t('city')}</strong> · {t('tagline')}
        </p>
        <p>
          <a href="tel:12345">{t('hotline')}</a>
        </p>
        <p>{t('sampleNote')}</p>
        <p>
          <TextLink to="/rounds" inherit>
            {t('rounds')}
          </TextLink>
        </p>
        <p>
          <TextLink to="/api-docs" inherit>
            {t('apiDocs')}
          </TextLink>
        </p>
        <p>
          <a href="/third-party-notices.txt">{t('notices')}</a>
        </p>
      </div>
    </footer>
  );
}
